/** What there is to know of a code, for somebody who meets it. Sentences without a full stop at the end. */
export interface ProblemEntry {
  /** What it means. */
  readonly meaning: string;
  /** How one comes to it. */
  readonly cause: string;
  /** What to do. */
  readonly remedy: string;
}
