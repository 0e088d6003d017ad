/** What the build tells the server of its screens: a file beside the client's, `screens.json`. */

/** Files of a screen that do not come with the client itself: paths of ours. */
export interface ScreenFiles {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The screen at an address. */
export interface ScreenAt extends ScreenFiles {
  /** Source of a regular expression for the path, without regard to case. */
  readonly pattern: string;
}
