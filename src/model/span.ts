/** A place in a source file. Lines and columns count from 1, as editors show them. */
export interface Span {
  /** Absolute path, or `<stdin>`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Length in characters of what to underline on that line; at least 1. */
  readonly length: number;
}

/** The steps from the root of a document to a value: map keys and list indexes. */
export type ValuePath = readonly (string | number)[];

/** Tells where a value of the project was written. */
export interface Origins {
  /**
   * The span of the value at `path` in the canonical model (snake_case keys, as in the file), or that of the
   * nearest parent that was written down; undefined when nothing on the path stands in a file.
   */
  spanOf(path: ValuePath): Span | undefined;
}

/** The span of a value that is itself written down; undefined when only a parent of it is. */
export function ownSpanOf(origins: Origins, path: ValuePath): Span | undefined {
  const [own, parent] = [origins.spanOf(path), origins.spanOf(path.slice(0, -1))];
  const isParents =
    own?.file === parent?.file && own?.line === parent?.line && own?.column === parent?.column;
  return isParents ? undefined : own;
}

/** For projects that no file stands behind. */
export const noOrigins: Origins = { spanOf: () => undefined };

/** The path as people write it: `services.web.ports[0]`. */
export function formatValuePath(path: ValuePath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
