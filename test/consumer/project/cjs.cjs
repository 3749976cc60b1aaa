const assert = require('node:assert/strict');
const library = require('tscompose');
const compose = require('tscompose/compat');
const { plan } = require('tscompose/core');
const testing = require('tscompose/testing');

async function main() {
  const { checkNothingIsLeft, useCompat, useLibrary, useTesting } = await import('./library.mjs');
  assert.equal(typeof plan, 'function');
  assert.equal(compose.default.upAll, compose.upAll);
  await useLibrary(library);
  await useCompat(compose);
  await useTesting(testing);
  checkNothingIsLeft();
}

main();
