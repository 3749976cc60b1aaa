/** The only way for the rooms below the CLI to know the time. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}
