/** How much a terminal shows, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}
