// Writes the settings copydesk.rules.* from the table in docs/rules.md. With --check: only says whether they agree.

import { readFileSync, writeFileSync } from 'node:fs';

const manifest = new URL('../package.json', import.meta.url);
const text = readFileSync(manifest, 'utf8');
const json = JSON.parse(text);
const properties = {};
for (const line of readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8').split('\n')) {
    const row = /^\| \[`([a-z-]+)`\]\([^)]*\) \| (\w+) \| (.+) \|$/.exec(line);
    if (row !== null) {
        const [, code, level, finds] = row;
        properties[`copydesk.rules.${code}`] = {
            type: 'string',
            enum: ['default', 'off', 'hint', 'info', 'warning', 'error'],
            default: 'default',
            scope: 'window',
            markdownDescription: `Finds ${finds}. By default as \`copydesk.toml\` says, else ${level}.`,
        };
    }
}
if (Object.keys(properties).length === 0) {
    throw new Error('docs/rules.md has no table of rules any more');
}
json.contributes.configuration.find(part => part.title === 'Rules').properties = properties;
const wanted = JSON.stringify(json, null, 2) + '\n';
if (process.argv.includes('--check')) {
    if (text !== wanted) {
        console.error('The settings copydesk.rules.* in package.json are not those of docs/rules.md: npm run rules');
        process.exitCode = 1;
    }
} else {
    writeFileSync(manifest, wanted);
}
