import { StringDecoder } from 'node:string_decoder';

/** What is written to one stream, as text: all of it, or its beginning or end when that is too much. */
export class KeptText {
  readonly #keep: 'beginning' | 'end';
  /** In UTF-16 units. */
  readonly #limit: number;
  /** A character may be cut between two chunks. */
  readonly #decoder = new StringDecoder('utf8');
  readonly #pieces: string[] = [];
  #length = 0;
  #isTruncated = false;

  constructor(keep: 'beginning' | 'end', limit: number) {
    this.#keep = keep;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    this.#add(this.#decoder.write(chunk));
  }

  /** What was kept. Nothing may come after. */
  end(): { readonly text: string; readonly isTruncated: boolean } {
    this.#add(this.#decoder.end());
    return { text: this.#pieces.join(''), isTruncated: this.#isTruncated };
  }

  #add(text: string): void {
    const room = this.#limit - this.#length;
    if (text.length > room) this.#isTruncated = true;
    const kept = this.#keep === 'beginning' ? text.slice(0, Math.max(room, 0)) : text;
    if (kept === '') return;
    this.#pieces.push(kept);
    this.#length += kept.length;
    while (this.#length > this.#limit) this.#dropFront(this.#length - this.#limit);
  }

  /** Drops the first piece, or as much of it as is too much. */
  #dropFront(excess: number): void {
    const first = this.#pieces[0] ?? '';
    if (first.length <= excess) this.#pieces.shift();
    else this.#pieces[0] = first.slice(excess);
    this.#length -= Math.min(first.length, excess);
  }
}
