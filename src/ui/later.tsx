import { type ComponentType, createElement, useEffect, useState } from 'react';

/**
 * A component that is fetched when it is first shown, with `Waiting` in its place until then. It shows what has come at
 * once: React's own `lazy` holds it back for 300 ms after it has shown that it waits (FALLBACK_THROTTLE_MS). What
 * could not be fetched is thrown where the component is drawn, and asked for again when it is next shown.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType = Nothing,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [failed, setFailed] = useState<{ error: unknown } | null>(null);
    const [, setCame] = useState(false);
    useEffect(() => {
      if (loaded) return;
      let shown = true;
      load().then(
        (component) => {
          loaded = component;
          if (shown) setCame(true);
        },
        (error: unknown) => {
          if (shown) setFailed({ error });
        },
      );
      return () => {
        shown = false;
      };
    }, []);
    if (failed) throw failed.error;
    return loaded ? createElement(loaded, props) : createElement(Waiting);
  };
}

const Nothing = () => null;
