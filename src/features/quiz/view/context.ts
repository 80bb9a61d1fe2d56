import { createContext } from 'react';
import { useStore } from 'zustand';
import { useRequired } from '../../../ui/context';
import type { Library, LibraryState } from '../model/library';
import type { Machine } from '../model/machine';
import type { Quiz, QuizState } from '../model/quiz';

export interface QuizParts {
  library: Library;
  quiz: Quiz;
  machine: Machine;
}

export const QuizContext = createContext<QuizParts | null>(null);
export const useQuizParts = () => useRequired(QuizContext);

export function useLibrary<T>(select: (state: LibraryState) => T): T {
  return useStore(useQuizParts().library.store, select);
}

export function useQuiz<T>(select: (state: QuizState) => T): T {
  return useStore(useQuizParts().quiz.store, select);
}
