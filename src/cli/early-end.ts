import { exitCode } from './exit-codes.js';
import type { UpOptions } from './options/up-options.js';

/** What makes an attached `up` end early, and with which exit code. */
export class EarlyEnd {
  readonly wanted: Promise<void>;
  isWanted = false;
  #code: number | undefined;
  readonly #options: UpOptions;
  #want = () => {};

  constructor(options: UpOptions) {
    this.#options = options;
    this.wanted = new Promise((resolve) => {
      this.#want = resolve;
    });
  }

  get code(): number {
    return this.#code ?? exitCode.ok;
  }

  exited(service: string, code: number): void {
    const { abortOnContainerExit, abortOnContainerFailure, exitCodeFrom } = this.#options;
    if (exitCodeFrom !== undefined) {
      if (service === exitCodeFrom) this.#code ??= code;
    } else if (abortOnContainerExit === true || (abortOnContainerFailure === true && code !== 0))
      this.#code ??= code;
    const onAny =
      abortOnContainerExit === true || (exitCodeFrom !== undefined && abortOnContainerFailure !== true);
    if (onAny || (abortOnContainerFailure === true && code !== 0)) {
      this.isWanted = true;
      this.#want();
    }
  }
}
