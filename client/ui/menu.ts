/** One thing to do in a Menu: `onselect` for a deed, `href` for a place or a file. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  readonly onselect?: () => void;
  readonly href?: string;
  /** With `href`: save the file instead of opening it. */
  readonly download?: boolean;
  readonly tone?: 'danger';
  readonly disabled?: boolean;
}
