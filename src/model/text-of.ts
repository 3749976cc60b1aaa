/** All that comes, as text in UTF-8: decoded at the end, since a character may be cut between two chunks. */
export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const taken: Uint8Array[] = [];
  for await (const chunk of chunks) taken.push(chunk);
  return Buffer.concat(taken).toString('utf8');
}
