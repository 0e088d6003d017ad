/** One thing that a SearchSelect can find; screens may add fields of their own. */
export interface SearchOption {
  readonly id: string | number;
  readonly label: string;
  /** A quieter second line: where the unit belongs. */
  readonly detail?: string | undefined;
}
