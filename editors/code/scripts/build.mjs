// Bundles the extension, and with --tests the unit tests, into out/.
//
// The licenses of what is bundled must travel with it: they are gathered from the packages themselves.

import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'], logLevel: 'warning' };

const { metafile } = await build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'out/extension.js',
    minify: true,
    // The CommonJS entries of some packages hide from a bundler what they require.
    mainFields: ['module', 'main'],
    metafile: true,
});
writeFileSync('out/THIRD-PARTY-NOTICES.txt', notices(Object.keys(metafile.inputs)));

if (process.argv.includes('--tests')) {
    mkdirSync('out/test', { recursive: true });
    await build({
        ...common,
        entryPoints: readdirSync('test/unit').map(name => join('test/unit', name)),
        outdir: 'out/test/unit',
        sourcemap: 'inline',
    });
    await build({ ...common, entryPoints: ['test/host/index.ts'], outfile: 'out/test/host/index.js', sourcemap: 'inline' });
}

function notices(files) {
    const folders = new Set();
    for (const file of files) {
        const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
        if (folder !== undefined) {
            folders.add(folder);
        }
    }
    const parts = ['This extension contains the following packages.\n'];
    for (const folder of [...folders].sort()) {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const text = readdirSync(folder).find(file => /^licen[cs]e/i.test(file));
        if (text === undefined) {
            throw new Error(`${name} is bundled and has no license text`);
        }
        parts.push(`---- ${name} ${version} (${license})\n`, readFileSync(join(folder, text), 'utf8').replace(/\r\n/g, '\n').trim() + '\n');
    }
    return parts.join('\n');
}
