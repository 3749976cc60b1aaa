/** What a file may grow to. Real projects stay far below; bombs of aliases go far beyond. */
export interface TreeLimits {
  /** Nodes once every alias is written out, beyond those that stand in the text. */
  readonly aliasedNodes: number;
  readonly depth: number;
  /** Characters of text. */
  readonly textLength: number;
}

export const treeLimits: TreeLimits = { aliasedNodes: 250_000, depth: 256, textLength: 16_000_000 };

/** A long text counts like several nodes, for copying it costs as much. */
export function weightOf(text: string | null): number {
  return 1 + Math.floor((text?.length ?? 0) / 64);
}
