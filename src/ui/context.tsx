import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Bedside, BedsideState } from '../cases/bedside';
import type { Benchmark, BenchmarkState } from '../cases/benchmark';
import type { Evaluation, EvaluationState } from '../cases/evaluation/state';
import type { Installation, InstallationState } from '../cases/installation';
import type { Machine, MachineState } from '../cases/machine';
import type { SelfTests, SelfTestsState } from '../cases/self-tests';
import type { Shelf, ShelfState } from '../cases/shelf';
import type { Cases, CasesState } from '../cases/store';
import type { Workbench, WorkbenchState } from '../cases/workbench';
import type { Engine } from '../engine/engine';
import type { OpenPhoto } from '../engine/input/opener';

export interface Services {
  engine: Engine;
  open: OpenPhoto;
  cases: Cases;
  evaluation: Evaluation;
  machine: Machine;
  workbench: Workbench;
  bedside: Bedside;
  selfTests: SelfTests;
  benchmark: Benchmark;
  shelf: Shelf;
  installation: Installation;
  /** Takes every open photo off the page, whichever screen has it. */
  forgetPhotos(): void;
}

const ServicesContext = createContext<Services | null>(null);

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext.Provider value={services}>{children}</ServicesContext.Provider>;
}

/** What the screens act on. Throws outside of a `ServicesProvider`. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices is only for parts inside a ServicesProvider.');
  return services;
}

export function useMachine<T>(select: (state: MachineState) => T): T {
  return useStore(useServices().machine.store, select);
}

export function useWorkbench<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useServices().workbench.store, select);
}

export function useBedside<T>(select: (state: BedsideState) => T): T {
  return useStore(useServices().bedside.store, select);
}

export function useEvaluation<T>(select: (state: EvaluationState) => T): T {
  return useStore(useServices().evaluation.store, select);
}

export function useCases<T>(select: (state: CasesState) => T): T {
  return useStore(useServices().cases.store, select);
}

export function useSelfTests<T>(select: (state: SelfTestsState) => T): T {
  return useStore(useServices().selfTests.store, select);
}

export function useBenchmark<T>(select: (state: BenchmarkState) => T): T {
  return useStore(useServices().benchmark.store, select);
}

export function useShelf<T>(select: (state: ShelfState) => T): T {
  return useStore(useServices().shelf.store, select);
}

export function useInstallation<T>(select: (state: InstallationState) => T): T {
  return useStore(useServices().installation.store, select);
}

/** The languages that every text of the app and of every card exists in. */
export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];
/** A card's text. */
export type Text = Readonly<Record<Language, string>>;

/** The language now shown, and a card's text in it. */
export function useLanguage(): { language: Language; read: (text: Text) => string } {
  const { i18n } = useTranslation();
  const language: Language = i18n.resolvedLanguage === 'ko' ? 'ko' : 'en';
  return { language, read: (text) => text[language] };
}
