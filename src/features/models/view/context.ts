import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { SelfTests, SelfTestsState } from '../model/self-tests';

export const ModelsContext = createContext<{ selfTests: SelfTests } | null>(null);
export const useModelsServices = () => useRequired(ModelsContext);

export function useSelfTests<T>(select: (state: SelfTestsState) => T): T {
  return useStore(useModelsServices().selfTests.store, select);
}
