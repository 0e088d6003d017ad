/** What letters and pushes are made of, as they are stored until they have gone. */

/** In both languages: letters carry both, a push the one of its reader. */
export interface LetterText {
  readonly subject: string;
  /** Paragraphs between blank lines. */
  readonly text: string;
  /** What the button says. */
  readonly action: string | null;
}

export interface Letter {
  readonly vi: LetterText;
  /** Null: in Vietnamese alone. */
  readonly en: LetterText | null;
  /** Where the button leads: an address of ours with its origin; null: no button. */
  readonly link: string | null;
}

export interface LetterFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

/** Whom of a contest's entrants a mailing is for: those who agreed, and of them those who fit. */
export interface Audience {
  /** Only people of these units (uids) and those below them; empty: any. */
  readonly units: readonly string[];
  /** official, citizen, …; empty: any. */
  readonly groups: readonly string[];
  /** Only people without an attempt in the mailing's round. */
  readonly notStarted: boolean;
}
