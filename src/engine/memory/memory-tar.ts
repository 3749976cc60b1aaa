import type { GrantedFile } from '../../model/plan.js';

const blockBytes = 512;

/** A tar archive (ustar) of the files that were put into a container. */
export function tarOf(files: Iterable<GrantedFile>): Uint8Array {
  const blocks: Buffer[] = [];
  for (const { path, content, mode } of files) {
    const data = Buffer.from(textOf(content));
    blocks.push(headerOf(path.replace(/^\//, ''), data.length, mode), data, paddingOf(data.length));
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

/** Nobody has logged in anywhere, and this machine has no files. */
function textOf(content: GrantedFile['content']): string {
  if (typeof content === 'string') return content;
  return content.kind === 'host-file' ? '' : '{"auths":{}}\n';
}

function headerOf(path: string, sizeBytes: number, mode: number): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(path, 0, 100);
  header.write(octal(mode, 8), 100);
  header.write(octal(sizeBytes, 12), 124);
  header.write('        0', 148);
  header.write('ustar\0', 257);
  const checksum = header.reduce((total, byte) => total + byte, 0);
  header.write(octal(checksum, 7), 148);
  return header;
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function paddingOf(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
}
