import { createHash } from 'node:crypto';
import type { ContextFiles } from '../../../../../../model/context-files.js';
import { byKey } from '../../../../../../model/order.js';

/**
 * A directory of texts that are on no disk. The engine takes a file with another time for another file, so each text
 * has a time of its own.
 */
export function textFiles(texts: ReadonlyMap<string, string>): ContextFiles {
  const contents = new Map([...texts].sort(byKey).map(([path, text]) => [path, Buffer.from(text)]));
  return {
    list: async () =>
      [...contents].map(([path, content]) => ({
        path,
        kind: 'file' as const,
        mode: 0o644,
        sizeBytes: content.length,
        modifiedAtMs: timeOf(content),
        linkTarget: undefined,
      })),
    async *read(path) {
      const content = contents.get(path);
      if (content !== undefined) yield content;
    },
  };
}

function timeOf(content: Buffer): number {
  return createHash('sha256').update(content).digest().readUIntBE(0, 5);
}
