import { describe, expect, test } from 'vitest';
import { dockerfileImages } from '../../../../src/plan/build/dockerfile-images.js';

describe('images that a Dockerfile names', () => {
  test.each<[string, string, Record<string, string>, string[]]>([
    ['a base', 'FROM app-base', {}, ['app-base']],
    [
      'a base in small letters with a platform',
      'from --platform=$BUILDPLATFORM app-base as x',
      {},
      ['app-base'],
    ],
    ['stages are no images', 'FROM a AS one\nFROM one AS two\nCOPY --from=two /x /\nFROM One', {}, ['a']],
    ['nothing is no image', 'FROM scratch', {}, []],
    ['numbers of stages are no images', 'FROM a\nFROM b\nCOPY --from=0 /x /x', {}, ['a', 'b']],
    ['what is copied from', 'FROM a\nCOPY --chown=1 --from=tools /x /x', {}, ['a', 'tools']],
    ['what RUN mounts', 'FROM a\nRUN --mount=type=bind,from=tools,target=/t make', {}, ['a', 'tools']],
    ['a variable with a default', 'ARG BASE=one\nFROM ${BASE}:${TAG:-2}', {}, ['one:2']],
    ['a variable that is given', 'ARG BASE="one"\nFROM $BASE', { BASE: 'other' }, ['other']],
    ['a variable of another variable', 'ARG A=x\nARG B=$A/y\nFROM $B', {}, ['x/y']],
    ['an argument that is not declared has no value', 'FROM a${BASE}', { BASE: 'other' }, ['a']],
    ['comments and continued lines', '# FROM no\nFROM \\\n  # in between\n  a', {}, ['a']],
    ['another sign that a line goes on', '# escape=`\nFROM `\n  a', {}, ['a']],
    ['each image once', 'FROM a\nFROM b\nFROM a', {}, ['a', 'b']],
  ])('%s', (_what, text, args, images) => {
    expect(dockerfileImages(text, new Map(Object.entries(args)))).toEqual(images);
  });
});
