import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type en from './languages/en.json';

interface Screen {
  /** Behind "#/". */
  path: string;
  title: `page.${keyof typeof en.page}`;
  Component: ComponentType | LazyExoticComponent<ComponentType>;
  /** Without the app's header and footer: the screen fills the window and says itself what they say. */
  bare?: boolean;
  /** Left out of the header's list. */
  hidden?: boolean;
}

/** The screens. Each is fetched when it is first shown, so that the first paint waits for none of the others. */
export const screens: readonly Screen[] = [
  {
    path: '',
    title: 'page.home',
    hidden: true,
    Component: lazy(() =>
      import('../features/home/view/HomeScreen').then((m) => ({ default: m.HomeScreen })),
    ),
  },
  {
    path: 'clinic',
    title: 'page.clinic',
    Component: lazy(() =>
      import('../features/clinic/view/ClinicScreen').then((m) => ({ default: m.ClinicScreen })),
    ),
  },
  {
    path: 'cases',
    title: 'page.cases',
    Component: lazy(() =>
      import('../features/case-book/view/CaseBookScreen').then((m) => ({ default: m.CaseBookScreen })),
    ),
  },
  {
    path: 'self-check',
    title: 'page.selfCheck',
    Component: lazy(() =>
      import('../features/self-check/view/SelfCheckScreen').then((m) => ({ default: m.SelfCheckScreen })),
    ),
  },
  {
    path: 'evaluate',
    title: 'page.evaluate',
    Component: lazy(() =>
      import('../features/evaluate/view/EvaluateScreen').then((m) => ({ default: m.EvaluateScreen })),
    ),
  },
  {
    path: 'models',
    title: 'page.models',
    Component: lazy(() =>
      import('../features/models/view/ModelsScreen').then((m) => ({ default: m.ModelsScreen })),
    ),
  },
  {
    path: 'benchmark',
    title: 'page.benchmark',
    Component: lazy(() =>
      import('../features/benchmark/view/BenchmarkScreen').then((m) => ({ default: m.BenchmarkScreen })),
    ),
  },
  {
    path: 'kiosk',
    title: 'page.kiosk',
    bare: true,
    hidden: true,
    Component: lazy(() =>
      import('../features/kiosk/view/KioskScreen').then((m) => ({ default: m.KioskScreen })),
    ),
  },
];
