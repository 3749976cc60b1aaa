const assert = require('node:assert/strict');
const library = require('tscompose');
const compose = require('tscompose/compat');
const { plan } = require('tscompose/core');

async function main() {
  const { checkNothingIsLeft, useCompat, useLibrary } = await import('./library.mjs');
  assert.equal(typeof plan, 'function');
  assert.equal(compose.default.upAll, compose.upAll);
  await useLibrary(library);
  await useCompat(compose);
  checkNothingIsLeft();
}

main();
