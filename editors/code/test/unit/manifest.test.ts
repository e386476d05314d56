import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// Run from the folder of the extension, as `npm test` does.
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

test('the version is that of the program', () => {
    const cargo = readFileSync('../../Cargo.toml', 'utf8');
    assert.equal(manifest.version, /^version = "(.*)"$/m.exec(cargo)?.[1]);
});

test('every version is pinned', () => {
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
        assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    }
});

test('the program that a workspace names is not run until the workspace is trusted', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['copydesk.path']);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
});

test('README.md tells every setting and command, the rules in one line', () => {
    const readme = readFileSync('README.md', 'utf8');
    const settings = manifest.contributes.configuration.flatMap((part: { properties: object }) => Object.keys(part.properties));
    for (const name of settings.filter((name: string) => !name.startsWith('copydesk.rules.'))) {
        assert.ok(readme.includes('`' + name + '`'), name);
    }
    assert.ok(readme.includes('`copydesk.rules.*`'));
    for (const { title } of manifest.contributes.commands) {
        assert.ok(readme.includes(`*copydesk: ${title}*`), title);
    }
});
