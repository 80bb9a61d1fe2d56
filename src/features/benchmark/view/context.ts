import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { Benchmark, BenchmarkState } from '../model/benchmark';

export const BenchmarkContext = createContext<{ benchmark: Benchmark } | null>(null);
export const useBenchmarkServices = () => useRequired(BenchmarkContext);

export function useBenchmark<T>(select: (state: BenchmarkState) => T): T {
  return useStore(useBenchmarkServices().benchmark.store, select);
}
