import { type ReactNode, useRef } from 'react';

/**
 * Lets a button choose a whole folder: `choose` opens the browser's dialog, and `input`, which nobody sees,
 * stands beside the button. `onFiles` gets all files of the folder, also of the same one twice.
 * `label`: the input's name.
 */
export function useFolderInput(
  onFiles: (files: File[]) => void,
  label?: string,
): { choose: () => void; input: ReactNode } {
  const ref = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={ref}
      type="file"
      hidden
      multiple
      // React knows the attribute only in its types for HTML inputs of some browsers.
      {...{ webkitdirectory: '' }}
      aria-label={label}
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        currentTarget.value = '';
        onFiles(files);
      }}
    />
  );
  return { choose: () => ref.current?.click(), input };
}
