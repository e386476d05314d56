import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findBinary, surroundings, type Surroundings } from '../../src/binary';

/** A machine on which the given files are programs. */
function machine(programs: string[], more: Partial<Surroundings> = {}): Surroundings {
    return {
        env: { PATH: '/usr/bin:/opt/bin' },
        platform: 'linux',
        home: '/home/ines',
        extension: '/ext',
        workspace: '/news',
        isProgram: file => programs.includes(file),
        ...more,
    };
}

const everywhere = ['/opt/bin/copydesk', '/home/ines/.cargo/bin/copydesk', '/ext/server/copydesk'];

test('PATH comes first, then cargo, then the extension', () => {
    assert.deepEqual(findBinary('', machine(everywhere)), { file: '/opt/bin/copydesk', origin: 'PATH' });
    assert.deepEqual(findBinary('', machine(everywhere.slice(1))), { file: '/home/ines/.cargo/bin/copydesk', origin: 'cargo' });
    assert.deepEqual(findBinary('', machine(everywhere.slice(2))), { file: '/ext/server/copydesk', origin: 'bundled' });
});

test('the first folder on PATH wins', () => {
    const found = findBinary('', machine(['/usr/bin/copydesk', '/opt/bin/copydesk']));
    assert.equal(found.file, '/usr/bin/copydesk');
});

test('a relative folder on PATH is not looked into', () => {
    const around = machine(['bin/copydesk', './copydesk', 'copydesk'], { env: { PATH: 'bin:.::' } });
    assert.equal(findBinary('', around).file, undefined);
});

test('CARGO_HOME moves the folder of cargo', () => {
    const around = machine(['/c/bin/copydesk', '/home/ines/.cargo/bin/copydesk'], { env: { PATH: '', CARGO_HOME: '/c' } });
    assert.deepEqual(findBinary('', around), { file: '/c/bin/copydesk', origin: 'cargo' });
});

test('a path that is set is taken, and none other', () => {
    assert.deepEqual(findBinary('/desk/copydesk', machine(['/desk/copydesk', ...everywhere])), { file: '/desk/copydesk', origin: 'setting' });
    const missing = findBinary('/desk/copydesk', machine(everywhere));
    assert.equal(missing.file, undefined);
    assert.match(missing.file === undefined ? missing.problem : '', /copydesk\.path.*\/desk\/copydesk/);
});

test('a path may begin at home, in the workspace or in a variable, or be a name', () => {
    const around = machine(['/home/ines/bin/cd', '/news/tools/cd', '/opt/bin/copydesk-next', '/v/cd'], {
        env: { PATH: '/usr/bin:/opt/bin', DESK: '/v' },
    });
    assert.equal(findBinary('~/bin/cd', around).file, '/home/ines/bin/cd');
    assert.equal(findBinary('${userHome}/bin/cd', around).file, '/home/ines/bin/cd');
    assert.equal(findBinary('${workspaceFolder}/tools/cd', around).file, '/news/tools/cd');
    assert.equal(findBinary('tools/cd', around).file, '/news/tools/cd');
    assert.equal(findBinary('${env:DESK}/cd', around).file, '/v/cd');
    assert.equal(findBinary('copydesk-next', around).file, '/opt/bin/copydesk-next');
    assert.equal(findBinary('  copydesk-next ', around).file, '/opt/bin/copydesk-next');
    assert.equal(findBinary('tools/cd', { ...around, workspace: undefined }).file, undefined);
});

test('what is missing is said with what to do', () => {
    const missing = findBinary('', machine([]));
    assert.equal(missing.file, undefined);
    assert.match(missing.file === undefined ? missing.problem : '', /cargo install --locked --path \./);
});

test('Windows has its own paths and endings', () => {
    const programs = ['C:\\tools\\copydesk.exe', 'C:\\Users\\Ines\\.cargo\\bin\\copydesk.exe'];
    const windows = machine(programs, { platform: 'win32', home: 'C:\\Users\\Ines', env: { Path: 'C:\\Windows;C:\\tools' } });
    assert.deepEqual(findBinary('', windows), { file: programs[0], origin: 'PATH' });
    assert.deepEqual(findBinary('', { ...windows, env: {} }), { file: programs[1], origin: 'cargo' });
    assert.equal(findBinary('C:/tools/copydesk', windows).file, programs[0]);
});

test('on a real disk: a folder and a file that cannot be run are no programs', t => {
    const folder = mkdtempSync(join(tmpdir(), 'copydesk-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const around = surroundings(join(folder, 'ext'), undefined);
    const only = { ...around, env: { PATH: join(folder, 'bin') }, home: folder };
    mkdirSync(join(folder, 'bin', 'copydesk'), { recursive: true });
    assert.equal(findBinary('', only).file, undefined);
    mkdirSync(join(folder, '.cargo', 'bin'), { recursive: true });
    const program = join(folder, '.cargo', 'bin', 'copydesk');
    writeFileSync(program, '');
    chmodSync(program, 0o644);
    assert.equal(findBinary('', only).file, undefined);
    chmodSync(program, 0o755);
    assert.deepEqual(findBinary('', only), { file: program, origin: 'cargo' });
});
