import type { ComponentType } from 'react';
import { later } from '../ui/later';
import { Loading } from './Loading';
import { loadAllTexts, loadLateTexts } from './languages';
import type en from './languages/en.json';

interface Screen {
  /** Behind "#/". */
  path: string;
  title: `page.${keyof typeof en.page}`;
  /** Its page in docs/, without the ending (`helpAddress`). */
  help: string;
  Component: ComponentType;
  /** Without the app's header and footer: the screen fills the window and says itself what they say. */
  bare?: boolean;
  /** Left out of the header's list. */
  hidden?: boolean;
  /** Shown over plain HTTP too: it needs nothing that a browser keeps for secure addresses. */
  insecure?: boolean;
}

/** A screen, fetched with the texts of every language: its exports may be in another one than the page. */
const fetched = (load: () => Promise<ComponentType>, late?: Parameters<typeof loadLateTexts>[0]) =>
  later(async () => {
    const [Component] = await Promise.all([load(), loadAllTexts(), late && loadLateTexts(late)]);
    return Component;
  }, Loading);

/**
 * The screens. Each is fetched when it is first shown, so that the first paint waits for none of the others.
 */
export const screens: readonly Screen[] = [
  {
    path: '',
    title: 'page.home',
    help: 'start/index',
    hidden: true,
    Component: later(() => import('../features/home/view/HomeScreen').then((m) => m.HomeScreen), Loading),
  },
  {
    path: 'clinic',
    title: 'page.clinic',
    help: 'start/clinic',
    Component: fetched(
      () => import('../features/clinic/view/ClinicScreen').then((m) => m.ClinicScreen),
      'cases',
    ),
  },
  {
    path: 'cases',
    title: 'page.cases',
    help: 'start/clinic',
    Component: fetched(
      () => import('../features/case-book/view/CaseBookScreen').then((m) => m.CaseBookScreen),
      'cases',
    ),
  },
  {
    path: 'self-check',
    title: 'page.selfCheck',
    help: 'start/self-check',
    Component: fetched(
      () => import('../features/self-check/view/SelfCheckScreen').then((m) => m.SelfCheckScreen),
      'selfCheck',
    ),
  },
  {
    path: 'evaluate',
    title: 'page.evaluate',
    help: 'evaluation',
    Component: fetched(() => import('./Evaluate').then((m) => m.Evaluate), 'evaluate'),
  },
  {
    path: 'models',
    title: 'page.models',
    help: 'model-package',
    Component: fetched(
      () => import('../features/models/view/ModelsScreen').then((m) => m.ModelsScreen),
      'models',
    ),
  },
  {
    path: 'benchmark',
    title: 'page.benchmark',
    help: 'performance',
    Component: fetched(
      () => import('../features/benchmark/view/BenchmarkScreen').then((m) => m.BenchmarkScreen),
      'benchmark',
    ),
  },
  {
    path: 'quiz',
    title: 'page.quiz',
    help: 'teaching',
    // The header has the tools of every day; the start page leads here.
    hidden: true,
    Component: fetched(() => import('./Quiz').then((m) => m.Quiz), 'quiz'),
  },
  {
    path: 'intended-use',
    title: 'page.intendedUse',
    help: 'intended-use',
    hidden: true,
    insecure: true,
    Component: later(async () => {
      const [{ IntendedUse }] = await Promise.all([import('./IntendedUse'), loadLateTexts('intendedUse')]);
      return IntendedUse;
    }, Loading),
  },
  {
    path: 'kiosk',
    title: 'page.kiosk',
    help: 'start/kiosk',
    bare: true,
    hidden: true,
    Component: fetched(
      () => import('../features/kiosk/view/KioskScreen').then((m) => m.KioskScreen),
      'kiosk',
    ),
  },
  {
    path: 'takeaway',
    title: 'page.takeaway',
    help: 'start/kiosk',
    hidden: true,
    insecure: true,
    Component: later(async () => {
      const [{ TakeawayScreen }] = await Promise.all([
        import('../features/takeaway/view/TakeawayScreen'),
        loadLateTexts('takeaway'),
      ]);
      return TakeawayScreen;
    }, Loading),
  },
];
