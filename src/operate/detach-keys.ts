import { UsageError } from '../problems/errors.js';

export const defaultDetachKeys = 'ctrl-p,ctrl-q';

/**
 * Bytes of a sequence of keys: letters, or `ctrl-` with a letter or one of `@ [ \ ] ^ _`, separated by commas. Throws
 * UsageError for anything else.
 */
export function parseDetachKeys(text: string): number[] {
  return text.split(',').map((key) => {
    const byte = byteOf(key);
    if (byte === undefined)
      throw new UsageError(`invalid detach keys (${text}): unknown key "${key}"`, {
        hint: 'write keys like ctrl-p,ctrl-q or ctrl-c',
      });
    return byte;
  });
}

function byteOf(key: string): number | undefined {
  const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)?.[1];
  // What Ctrl does to a key: only its lower five bits are left.
  if (control !== undefined) return control.charCodeAt(0) & 0x1f;
  return /^[\x20-\x7e]$/.test(key) ? key.charCodeAt(0) : undefined;
}

/**
 * Looks for a sequence of keys in what is typed. Keys that may be its beginning are held back until it is clear that
 * they are not.
 */
export class DetachKeys {
  readonly #keys: readonly number[];
  #matched = 0;

  constructor(keys: readonly number[]) {
    this.#keys = keys;
  }

  /** What goes on to the process; undefined: the sequence is complete. */
  take(typed: Uint8Array): Uint8Array | undefined {
    const passed: number[] = [];
    for (const byte of typed) {
      if (byte !== this.#keys[this.#matched]) {
        passed.push(...this.#keys.slice(0, this.#matched));
        this.#matched = 0;
      }
      if (byte === this.#keys[this.#matched]) this.#matched += 1;
      else passed.push(byte);
      if (this.#matched === this.#keys.length) return undefined;
    }
    return Uint8Array.from(passed);
  }
}
