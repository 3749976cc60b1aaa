import { Option } from 'commander';
import { UsageError } from '../../problems/errors.js';

/** `--format` of commands that print data: a word for people, and `json` for programs. */
export function formatOption<Word extends string>(
  words: readonly [Word, ...Word[]],
  description = 'for people, or as JSON',
): Option {
  return new Option('--format <format>', description).choices(words);
}

/** Of commands that had it before they had `--format`. */
export function jsonOption(): Option {
  return new Option('--json', 'as --format json').implies({ format: 'json' });
}

/** For commands whose words are docker compose's, with its message for others. */
export function unsupportedFormat(format: string, words: readonly string[]): UsageError {
  return new UsageError(`unsupported format "${format}"`, { hint: `there are ${words.join(' and ')}` });
}
