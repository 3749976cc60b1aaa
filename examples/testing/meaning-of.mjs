/** What a word means, according to the dictionary at an address; undefined: it does not have the word. */
export async function meaningOf(word, dictionary) {
  const answer = await fetch(new URL(encodeURIComponent(word), dictionary));
  return answer.ok ? (await answer.text()).trim() : undefined;
}
