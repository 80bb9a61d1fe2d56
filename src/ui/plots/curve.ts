export interface Curve {
  /** The class id, or any other name that is unique in the plot. */
  id: string;
  /** As the legend has it, with its figure: "Melanoma, 0.93". */
  label: string;
  /** Both 0 to 1, unless the plot says otherwise of y. */
  points: readonly { x: number; y: number }[];
  /** Where the curve may as well lie, drawn behind it. */
  band?: readonly { x: number; low: number; high: number }[];
}
