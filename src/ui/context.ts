import { type Context, createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Card } from '../core/card/card';
import type { Engine } from '../engine/engine';
import type { OpenPhoto } from '../engine/input/opener';
import type { Cases, CasesState } from '../records/cases';
import type { Installation, InstallationState } from '../runtime/installation';
import type { ModelCache, ModelCacheState } from '../runtime/model-cache';
import type { Runtime, RuntimeState } from '../runtime/runtime';

/** What a context holds. Throws outside of its provider. */
export function useRequired<T>(context: Context<T | null>): T {
  const value = useContext(context);
  if (value === null) throw new Error('A part of the page is outside of the provider that it reads.');
  return value;
}

/** What every screen may act on. A feature's own stores are in its `view/context.ts`. */
export interface Services {
  engine: Engine;
  open: OpenPhoto;
  cases: Cases;
  runtime: Runtime;
  modelCache: ModelCache;
  installation: Installation;
  /** Takes every open photo off the page, whichever screen has it, and forgets those of earlier visits. */
  forgetPhotos(): void;
}

export const ServicesContext = createContext<Services | null>(null);
export const useServices = () => useRequired(ServicesContext);

export function useRuntime<T>(select: (state: RuntimeState) => T): T {
  return useStore(useServices().runtime.store, select);
}

/** The card of a package as soon as the list of models is there; null if the list does not have it. */
export function usePackageCard(packageId: string | null): Card | null {
  return useRuntime(({ cards }) =>
    cards.state === 'ready' ? (cards.value.find(({ id }) => id === packageId) ?? null) : null,
  );
}

export function useCases<T>(select: (state: CasesState) => T): T {
  return useStore(useServices().cases.store, select);
}

export function useModelCache<T>(select: (state: ModelCacheState) => T): T {
  return useStore(useServices().modelCache.store, select);
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
