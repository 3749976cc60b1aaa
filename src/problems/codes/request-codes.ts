import type { ProblemEntry } from './problem-entry.js';

/** Of what was asked for: command lines, locks, plans, files of elsewhere, and what is to be read or watched. */
export const requestCodes = {
  'remote/outside': {
    meaning: 'a file from elsewhere names something outside of its own copy',
    cause: 'it mounts, builds or reads a path of this host, or runs a program of it',
    remedy:
      'read its lines; where that is right, answer yes when `up` asks, or set `TSCOMPOSE_ALLOW_REMOTE=outside`',
  },
  'remote/code': {
    meaning: 'code from elsewhere, which is never run',
    cause: 'a project that was fetched is, or names, a module instead of YAML',
    remedy: 'look at it and keep a copy of your own, which you name with `-f`; or have it published as YAML',
  },
  'lock/missing': {
    meaning: 'there is no lock, and only what is locked is to run',
    cause: '`--locked`, and no compose.lock beside the Compose file',
    remedy: '`tscompose lock`, and keep compose.lock with the files ([lock](lock.md))',
  },
  'lock/outdated': {
    meaning: 'the files name an image that the lock does not have',
    cause: 'an image was changed in the files, or a service was added, after the lock was written',
    remedy: '`tscompose lock`, look at what it changes, and keep it with the files',
  },
  'lock/unreadable': {
    meaning: 'a file is no lock',
    cause: 'a merge conflict, or somebody edited it by hand',
    remedy: 'remove it, and `tscompose lock` makes it anew',
  },
  'usage/invalid': {
    meaning: 'the command line is wrong',
    cause:
      'flags that exclude each other, a word that is no number, a value that is not among those that there are',
    remedy: '`tscompose COMMAND --help` shows what there is',
  },
  'usage/unknown-service': {
    meaning: 'a service is named that the project does not have',
    cause: 'a spelling mistake, another directory, or a file that was not named',
    remedy: 'take one of those that the message lists; `tscompose config --services` lists all',
  },
  'usage/nothing-selected': {
    meaning: 'the project has no service to act on',
    cause: 'every service has a profile and none is active, or none has what the command is about',
    remedy: '`--profile NAME`, or name services: that activates them',
  },
  'plan/outdated': {
    meaning: 'what a plan was made for is not as it was when it was made',
    cause: 'files, variables or what runs have changed since `plan -o`, or it was made by another version',
    remedy: 'nothing was changed: look at a new plan, `tscompose plan -o FILE`, and apply that',
  },
  'plan/unreadable': {
    meaning: 'a file is no plan that can be carried out',
    cause: 'it is no file of `plan -o`, is cut short, or was made by another version',
    remedy: 'write one with `tscompose plan -o FILE`',
  },
  'build/unreadable': {
    meaning: 'something that a build reads is not there or cannot be read',
    cause: 'a context, a Dockerfile, a secret or a cache that is missing, or changes while it is read',
    remedy: 'correct the path in the line that is shown: it is relative to the Compose file',
  },
  'watch/limit': {
    meaning: 'the system lets nobody watch more files',
    cause: 'the limit of this user (inotify) is used up, by us or by editors and other tools',
    remedy: 'leave directories out with `ignore` or .dockerignore, or raise the limit as the message says',
  },
  'watch/unreadable': {
    meaning: 'something that is to be watched cannot be read',
    cause: 'this user may not read a directory of a rule',
    remedy: 'give the right to read it, or leave it out with `ignore`',
  },
} as const satisfies Record<string, ProblemEntry>;
