import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isStaticExecutable } from '../../../scripts/setup/busybox-binary.mjs';
import { dockerArchive } from '../../../scripts/setup/docker-archive.mjs';
import { failureIn } from '../../../scripts/setup/pull-image.mjs';
import { packTar } from '../../../scripts/setup/tar.mjs';

/** What a reader of the archive finds: type flag, mode, path, link target and content of each entry. */
function unpackTar(tar: Buffer) {
  const entries = [];
  const text = (from: number, length: number) =>
    tar.toString('latin1', from, from + length).split('\0')[0] ?? '';
  for (let at = 0; tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const data = tar.subarray(at + 512, at + 512 + size);
    entries.push({
      flag: text(at + 156, 1),
      mode: text(at + 100, 8),
      path: text(at, 100),
      target: text(at + 157, 100),
      data,
    });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

test('a tar archive holds files, links and folders with their modes', () => {
  const tar = packTar([
    { type: 'directory', path: 'bin' },
    { type: 'file', path: 'bin/busybox', mode: 0o755, data: Buffer.from('#!') },
    { type: 'link', path: 'bin/sh', target: 'busybox' },
  ]);
  expect(unpackTar(tar).map((entry) => ({ ...entry, data: entry.data.toString() }))).toEqual([
    { flag: '5', mode: '0000755', path: 'bin/', target: '', data: '' },
    { flag: '0', mode: '0000755', path: 'bin/busybox', target: '', data: '#!' },
    { flag: '2', mode: '0000777', path: 'bin/sh', target: 'busybox', data: '' },
  ]);
});

test('an image archive names its config and layer by their digests', () => {
  const layer = Buffer.from('layer');
  const archive = dockerArchive({
    tag: 'docker.io/library/busybox:latest',
    architecture: 'arm64',
    config: { Cmd: ['sh'] },
    comment: 'for a test',
    layer,
  });
  const files = new Map(unpackTar(archive).map(({ path, data }) => [path, data]));
  const [manifest] = JSON.parse(String(files.get('manifest.json')));
  const config = files.get(manifest.Config) ?? Buffer.of();
  const digest = createHash('sha256').update(layer).digest('hex');
  expect({
    ...JSON.parse(config.toString()),
    layer: files.get(manifest.Layers[0])?.toString(),
  }).toMatchObject({
    architecture: 'arm64',
    config: { Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    layer: 'layer',
  });
  expect(manifest.Config).toBe(`${createHash('sha256').update(config).digest('hex')}.json`);
});

test.each([
  ['a plain error answer', '{"message": "no such host"}', 'no such host'],
  ['a line in the progress', '{"status": "Pulling"}\r\n{"error": "denied"}\r\n', 'denied'],
  ['an answer that is no JSON', 'Bad Gateway', 'Bad Gateway'],
  ['progress alone', '{"status": "Pulling"}\n{"status": "Done"}\n', undefined],
])('the reason of a failed pull is found in %s', (_where, body, reason) => {
  expect(failureIn(body)).toBe(reason);
});

test('a program that needs an interpreter is not taken for a static one', () => {
  expect(
    [elfWithSegments(1, 2), elfWithSegments(1, 3), Buffer.from('#!/bin/sh')].map(isStaticExecutable),
  ).toEqual([true, false, false]);
});

/** Header and program header table of a 64-bit ELF file with segments of the given types. */
function elfWithSegments(...types: number[]): Buffer {
  const entryBytes = 56;
  const elf = Buffer.alloc(64 + types.length * entryBytes);
  elf.writeUInt32BE(0x7f454c46, 0);
  elf.set([2, 1], 4);
  elf.writeBigUInt64LE(64n, 32);
  elf.writeUInt16LE(entryBytes, 54);
  elf.writeUInt16LE(types.length, 56);
  for (const [index, type] of types.entries()) elf.writeUInt32LE(type, 64 + index * entryBytes);
  return elf;
}
