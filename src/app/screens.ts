import type { ComponentType } from 'react';
import { ClinicScreen } from '../features/clinic/ClinicScreen';

interface Screen {
  /** Behind "#/". */
  path: string;
  title: 'page.clinic';
  Component: ComponentType;
}

/** The screens that exist. "#/" shows the first one: a choice of doors comes with the second. */
export const screens: readonly [Screen, ...Screen[]] = [
  { path: 'clinic', title: 'page.clinic', Component: ClinicScreen },
];
