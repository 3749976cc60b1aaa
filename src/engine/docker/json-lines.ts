/** The JSON values of a stream that has one a line, whatever the chunks it comes in. Blank lines are skipped. */
export async function* readJsonLines<T>(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      const line = rest.slice(start, end).trim();
      start = end + 1;
      if (line !== '') yield JSON.parse(line) as T;
    }
    rest = rest.slice(start);
  }
  const last = (rest + decoder.decode()).trim();
  if (last !== '') yield JSON.parse(last) as T;
}
