/**
 * A tar archive (ustar) of a few entries, with fixed times and owners, so that the same content gives the same bytes.
 * @typedef {{path: string, mode?: number} & ({type: 'file', data: Buffer} | {type: 'link', target: string} |
 *   {type: 'directory'})} TarEntry paths are relative and at most 100 bytes long
 */

const blockBytes = 512;
const mtimeSec = 1_700_000_000;
const kinds = {
  file: { flag: '0', mode: 0o644 },
  link: { flag: '2', mode: 0o777 },
  directory: { flag: '5', mode: 0o755 },
};

/**
 * @param {TarEntry[]} entries
 * @returns {Buffer}
 */
export function packTar(entries) {
  const blocks = entries.flatMap((entry) => {
    const data = entry.type === 'file' ? entry.data : Buffer.alloc(0);
    const padding = Buffer.alloc((blockBytes - (data.length % blockBytes)) % blockBytes);
    return [header(entry, data.length), data, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

/** Fields by POSIX.1-1988: numbers are octal text that ends with NUL. */
function header(entry, sizeBytes) {
  const { flag, mode } = kinds[entry.type];
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  if (Buffer.byteLength(name) > 100) throw new Error(`path too long for this tar writer: ${name}`);
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0);
  block.write(octal(entry.mode ?? mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(sizeBytes, 12), 124);
  block.write(octal(mtimeSec, 12), 136);
  block.write(' '.repeat(8), 148);
  block.write(flag, 156);
  if (entry.type === 'link') block.write(entry.target, 157);
  block.write('ustar\u000000', 257);
  // The checksum is taken with its own field blank.
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

function octal(value, width) {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}
