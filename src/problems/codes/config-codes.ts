import type { ProblemEntry } from './problem-entry.js';

/** Of files. What is said has the place, and often a nearer remedy. */
export const configCodes = {
  'config/not-found': {
    meaning: 'no Compose file was found or named',
    cause:
      'neither this directory nor one above it has compose.yaml, compose.yml, docker-compose.yaml or .yml',
    remedy: 'go to the project, name its file with `-f`, or its directory with `--project-directory`',
  },
  'config/unreadable-file': {
    meaning: 'a file that the project names cannot be read',
    cause: 'it is not there, is a directory, or this user may not read it',
    remedy: 'correct the path (it is relative to the file that names it), or give the right to read it',
  },
  'config/yaml': {
    meaning: 'the text is not valid YAML',
    cause: 'indentation, a missing quote or colon, a tab',
    remedy: 'look at the line and the one before it; put texts with `:`, `#`, `{` or `*` in quotes',
  },
  'config/too-large': {
    meaning: 'a file expands to more than any real project needs',
    cause: 'anchors that name anchors that name anchors, or very deep nesting',
    remedy: 'write out what is meant, with fewer aliases',
  },
  'config/duplicate-key': {
    meaning: 'a mapping has the same key twice',
    cause: 'a part was copied, or two people added the same key',
    remedy: 'keep one of them, or merge the two',
  },
  'config/unknown-key': {
    meaning: 'a key that the Compose format does not have',
    cause: 'a spelling mistake, or a key at the wrong level',
    remedy: 'take the name that is suggested; keys of your own begin with `x-`',
  },
  'config/wrong-type': {
    meaning: 'a value of the wrong type',
    cause: 'a list where a mapping belongs, a number or true without quotes where a text belongs',
    remedy: 'write it as the message says; put `yes`, `no`, `on` and numbers that are texts in quotes',
  },
  'config/invalid-value': {
    meaning: 'a value of the right type that means nothing',
    cause: 'a unit, a port, a time or a word that nobody knows',
    remedy: 'write one of the forms that the message names',
  },
  'config/missing-key': {
    meaning: 'a required key is missing',
    cause: 'a mapping that says nothing without it, such as a mount without a target',
    remedy: 'add the key, or take the short form',
  },
  'config/not-unique': {
    meaning: 'a list repeats an entry that must be unique',
    cause: 'the same entry was written twice, or came from two files',
    remedy: 'keep one of them',
  },
  'config/cannot-merge': {
    meaning: 'two files give the same attribute in forms that cannot be merged',
    cause: 'one file has a list and the other a mapping, or a scalar',
    remedy: 'write both in one form, or replace the first one with `!override`',
  },
  'config/interpolation': {
    meaning: 'a ${…} expression is malformed',
    cause: 'a missing brace, an unknown operator, or a `$` that was meant as itself',
    remedy: 'write `$$` for a `$`; the forms are `${A}`, `${A:-default}`, `${A:?message}` and `${A:+value}`',
  },
  'config/missing-variable': {
    meaning: 'a variable that is marked as required has no value',
    cause: 'the file says `${NAME:?…}`, and neither the shell nor an env file sets it',
    remedy: 'set it in the shell or in `.env`; `tscompose env explain NAME` shows where it was looked for',
  },
  'config/unset-variable': {
    meaning: 'a variable is not set and becomes an empty text',
    cause: 'neither the shell nor an env file sets it',
    remedy: 'set it, or write `${NAME:-}` where nothing is fine, too',
  },
  'config/env-file': {
    meaning: 'a line of an env file cannot be read',
    cause: 'a line without `=`, or a quote that does not end',
    remedy: 'correct the line: `NAME=value`, with quotes around what has blanks or `#`',
  },
  'config/include': {
    meaning: 'an include cannot be resolved',
    cause: 'the file is not there, or is no Compose file',
    remedy: 'correct the path: it is relative to the file that includes it',
  },
  'config/include-conflict': {
    meaning: 'an included resource is also defined here',
    cause: 'two files define a service, network or volume of one name, and none is meant to win',
    remedy:
      'rename one of them, or include both with an override file: `include: [{path: [a.yaml, b.yaml]}]`',
  },
  'config/extends': {
    meaning: 'an extends cannot be resolved',
    cause: 'the file or the service that it names is not there',
    remedy: 'correct `file` and `service`; without `file` the service is looked for in this one',
  },
  'config/cycle': {
    meaning: 'files, services or dependencies go round in a circle',
    cause: 'each of them waits for, extends or includes the next one',
    remedy: 'the message has the whole way round: take one of its steps out',
  },
  'config/project-name': {
    meaning: 'the project name is empty or not allowed',
    cause: 'a name with capitals, blanks or other signs, or a directory with nothing that can be in a name',
    remedy: 'give it one of lower-case letters, digits, `-` and `_`: `name:` in the file, or `-p`',
  },
  'config/undefined-reference': {
    meaning: 'a service, network, volume, config, secret or model that is used, but not defined',
    cause: 'a spelling mistake, or the part at the top level is missing',
    remedy: 'define it at the top level, or take the name that is suggested',
  },
  'config/conflicting-keys': {
    meaning: 'keys that exclude each other',
    cause: 'one thing is said in two ways, such as `network_mode` beside `networks`',
    remedy: 'keep one of them',
  },
  'config/no-image': {
    meaning: 'a service without image, build or provider',
    cause: 'the key is missing, or stands in a file that was not named',
    remedy: 'give it `image: NAME` or `build: DIRECTORY`, or name the other file too',
  },
  'config/remote': {
    meaning: 'a file from the network, which must be allowed first',
    cause: '`-f`, `include` or `extends` names a registry or Git, and files decide what runs on this host',
    remedy: 'where you trust it, `--allow-remote` or `TSCOMPOSE_ALLOW_REMOTE=1`',
  },
  'config/obsolete': {
    meaning: 'a key that no longer has a meaning',
    cause: 'it is left over from an older format, such as `version`',
    remedy: 'remove it',
  },
  'config/unsupported': {
    meaning: 'a key that is accepted, but has no effect here',
    cause: 'it is for swarms or other platforms; [what is supported](support.md) lists all',
    remedy: 'remove it, or leave it for those who heed it; `--strict` makes it an error',
  },
  'config/ambiguous': {
    meaning: 'there are several default files; the first is used',
    cause: 'a directory has compose.yaml beside docker-compose.yml',
    remedy: 'remove the one that is not meant, or name it with `-f`',
  },
  'config/code': {
    meaning: 'a Compose file that is code fails, or gives nothing that is a project',
    cause: 'the module throws, does not load, or exports something else',
    remedy: 'correct it at the place that is shown',
  },
} as const satisfies Record<string, ProblemEntry>;
