/** How many bytes tell whether something is an archive. */
export const headBytes = 512;

const magicNumbers: readonly (readonly number[])[] = [
  // gzip, bzip2, xz, zstd
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x28, 0xb5, 0x2f, 0xfd],
];

/** Whether something that begins so is a tar archive, compressed or not. */
export function isArchive(head: Uint8Array): boolean {
  return (
    magicNumbers.some((magic) => magic.every((byte, index) => head[index] === byte)) || isTarHeader(head)
  );
}

const checksumStart = 148;
const checksumEnd = 156;

/** The oldest archives have no other sign than a checksum over their first header. */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < headBytes) return false;
  const written = Number.parseInt(
    Buffer.from(head.subarray(checksumStart, checksumEnd)).toString('latin1'),
    8,
  );
  let sum = 0;
  for (let index = 0; index < headBytes; index += 1) {
    sum += index >= checksumStart && index < checksumEnd ? 0x20 : (head[index] ?? 0);
  }
  return sum === written;
}
