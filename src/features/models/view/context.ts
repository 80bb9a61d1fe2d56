import { createContext } from 'react';
import { useStore } from 'zustand';
import type { Engine } from '../../../engine/engine';
import { useRequired } from '../../../ui/context';
import type { SelfTests, SelfTestsState } from '../model/self-tests';

interface ModelsServices {
  selfTests: SelfTests;
  /** An engine beside the app's own that stores nothing, for a package that may break it. */
  openEngine: () => Engine;
}

export const ModelsContext = createContext<ModelsServices | null>(null);
export const useModelsServices = () => useRequired(ModelsContext);

export function useSelfTests<T>(select: (state: SelfTestsState) => T): T {
  return useStore(useModelsServices().selfTests.store, select);
}
