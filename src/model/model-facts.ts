/** What a model is called among what gives variables: a service may have the same key. */
export function modelSource(key: string): string {
  return `model:${key}`;
}

/** Names that the facts about a model go by until a service has its own names for them. */
export const modelFacts = { url: 'URL', model: 'MODEL' } as const;
