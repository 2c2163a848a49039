#!/usr/bin/env node
// The command line has no build step: tsx runs its TypeScript as it is.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`assay needs Node 20 or newer, this is ${process.version}: install one from https://nodejs.org`);
  process.exit(1);
}
// The SDK warns about Node 20 in every command; the pinned version runs on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('assay is not installed yet: run `npm ci` in its folder first');
  process.exit(1);
}
await import('./assay.ts');
