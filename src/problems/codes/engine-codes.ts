import type { ProblemEntry } from './problem-entry.js';

/** Of the engine, of registries, and of what others have there. */
export const engineCodes = {
  'engine/unreachable': {
    meaning: 'no engine answers',
    cause: 'it does not run, listens elsewhere, or this user may not use its socket',
    remedy:
      'start it, or say where it is with `DOCKER_HOST` or a docker context; `tscompose doctor` looks closer',
  },
  'engine/registry-unreachable': {
    meaning: 'a registry does not answer',
    cause: 'its name is wrong, the engine has no way to it, or does not trust its certificate',
    remedy: 'check the name, and network, proxy and certificates of the engine; or build or load the image',
  },
  'engine/registry-denied': {
    meaning: 'a registry wants a login, or does not let this one do that',
    cause: 'nobody is logged in there, the login has expired, or this user may not have the image',
    remedy: '`docker login REGISTRY`, and check that this user may pull or push there',
  },
  'engine/registry-failed': {
    meaning: 'a registry fails, or asks to come again later',
    cause:
      'it is down or overloaded, or a limit of pulls is used up; it was asked several times ([registries](registries.md))',
    remedy: 'try again later, or log in where that raises the limit',
  },
  'engine/image-not-found': {
    meaning: 'an image is neither here nor at its registry',
    cause: 'a name or tag that is not there, not for this platform, or private',
    remedy: 'check name and tag, log in if it is private, or build it',
  },
  'engine/build-failed': {
    meaning: 'an image cannot be built: a step of its Dockerfile fails, or the file itself is wrong',
    cause: 'the last lines that the step printed say it, with the line of the Dockerfile',
    remedy:
      'correct it and build again; `tscompose --progress plain build SERVICE` shows everything that it prints',
  },
  'engine/port-taken': {
    meaning: 'a host port is used by somebody else',
    cause: 'another container or a program of the host has it; the message says which container',
    remedy: 'publish another port, or stop what holds it',
  },
  'engine/name-taken': {
    meaning: 'a container name is used by a container of somebody else',
    cause: '`container_name` is fixed, and another project or `docker run` has it',
    remedy: 'remove or rename that container, or leave `container_name` out',
  },
  'engine/external-missing': {
    meaning: 'an external network or volume does not exist',
    cause: '`external: true` says that somebody else makes it, and nobody has',
    remedy: '`docker network create NAME` or `docker volume create NAME`, or remove `external: true`',
  },
  'engine/foreign-resource': {
    meaning: 'a network or volume of that name belongs to somebody else',
    cause: 'another project, or nobody, made it; what is not labelled as ours is not ours',
    remedy: 'use it as it is with `external: true`, give ours another `name:`, or remove it',
  },
  'engine/network-in-use': {
    meaning: 'a network that must be made anew is used by containers of somebody else',
    cause: 'its definition has changed, which only a new network can have',
    remedy: 'stop them or take them off it, or give the network another `name:`',
  },
  'engine/foreign-project': {
    meaning: 'a project of that name was made from the files of another directory',
    cause: 'two directories have one name, such as two clones of a repository',
    remedy:
      '`-p NAME` for one of them; `tscompose -p NAME down` ends the other one; `--adopt` goes on with it from here',
  },
  'engine/no-container': {
    meaning: 'a service has no container to do something with',
    cause: 'it was never started, or was taken away',
    remedy: '`tscompose up -d SERVICE`, or `tscompose create SERVICE`',
  },
  'engine/container-paused': {
    meaning: 'a container that should run was paused by somebody',
    cause: '`pause`, here or with docker; to wake it is not for us to decide',
    remedy: '`tscompose unpause SERVICE`, or `up --force-recreate SERVICE`',
  },
  'engine/unsupported': {
    meaning: 'the engine is too old for this',
    cause: 'a key of the files, or a flag, needs a newer version of it; [support](support.md) has them all',
    remedy: 'use a newer engine, or leave the key out',
  },
  'engine/refused': {
    meaning: 'the engine refused a request',
    cause:
      'the message has its words: a program that is not in the image, a value that it does not take, a full disk',
    remedy: 'correct the line that is shown; `tscompose doctor` looks at the engine and its disk',
  },
} as const satisfies Record<string, ProblemEntry>;
