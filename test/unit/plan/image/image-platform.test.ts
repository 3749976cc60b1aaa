import { expect, test } from 'vitest';
import { fitsPlatform } from '../../../../src/plan/image/image-platform.js';

const amd64 = { os: 'linux', architecture: 'amd64', variant: undefined };
const arm64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const armV7 = { os: 'linux', architecture: 'arm', variant: 'v7' };

test.each([
  [amd64, undefined, true],
  [amd64, 'linux/amd64', true],
  [amd64, 'linux/x86_64', true],
  [amd64, 'linux', true],
  [amd64, 'amd64', true],
  [amd64, 'linux/arm64', false],
  [amd64, 'windows/amd64', false],
  [arm64, 'linux/arm64', true],
  [arm64, 'linux/aarch64/v8', true],
  [{ ...arm64, variant: undefined }, 'linux/arm64/v8', true],
  [armV7, 'linux/arm/v7', true],
  [armV7, 'linux/arm/v6', false],
  [armV7, 'linux/arm64', false],
])('an image for %j fits %s: %s', (image, wanted, fits) => {
  expect(fitsPlatform(image, wanted)).toBe(fits);
});
