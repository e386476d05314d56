// Finds the program. Knows nothing of VS Code, so that it is tested without one.

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** What the search depends on. */
export interface Surroundings {
    /** Environment variables. */
    env: Readonly<Record<string, string | undefined>>;
    /** `process.platform`. */
    platform: NodeJS.Platform;
    /** The home folder. */
    home: string;
    /** The folder of the extension, which may carry a binary in `server/`. */
    extension: string;
    /** The first workspace folder, if any. */
    workspace: string | undefined;
    /** Whether there is a file at this place that can be run. */
    isProgram(file: string): boolean;
}

/** Where a program came from. */
export type Origin = 'setting' | 'PATH' | 'cargo' | 'bundled';

/** What the search found, or why nothing: a sentence or two for the user. */
export type Found =
    | { readonly file: string; readonly origin: Origin }
    | { readonly file: undefined; readonly problem: string };

/**
 * The program to start: the one of the setting `copydesk.path` if that is set (and no other: who names a program wants
 * that one), else the first of PATH, cargo's folder, and the extension's own.
 */
export function findBinary(setting: string, around: Surroundings): Found {
    const { join } = pathOf(around);
    const wanted = setting.trim();
    if (wanted !== '') {
        const file = resolveSetting(wanted, around);
        return file === undefined
            ? { file, problem: `The setting copydesk.path names “${wanted}”, and there is no program of that name.` }
            : { file, origin: 'setting' };
    }
    const cargo = around.env['CARGO_HOME'] || join(around.home, '.cargo');
    const file = onPath('copydesk', around);
    if (file !== undefined) {
        return { file, origin: 'PATH' };
    }
    const places: [string, Origin][] = [
        [join(cargo, 'bin', 'copydesk'), 'cargo'],
        [join(around.extension, 'server', 'copydesk'), 'bundled'],
    ];
    for (const [place, origin] of places) {
        const program = withEnding(place, around);
        if (program !== undefined) {
            return { file: program, origin };
        }
    }
    return {
        file: undefined,
        problem: 'The program copydesk is not installed. Install it with “cargo install --locked --path .” in a clone of its repository, or tell its place in the settings.',
    };
}

/** The surroundings that the extension runs in. */
export function surroundings(extension: string, workspace: string | undefined): Surroundings {
    return { env: process.env, platform: process.platform, home: homedir(), extension, workspace, isProgram };
}

function isProgram(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

/** A setting may be a bare name, and may begin at home or in the workspace. */
function resolveSetting(setting: string, around: Surroundings): string | undefined {
    const { isAbsolute, join, resolve } = pathOf(around);
    const filled = setting
        .replace(/^~(?=$|[/\\])/, () => around.home)
        .replace(/\$\{userHome\}/g, () => around.home)
        .replace(/\$\{workspaceFolder\}/g, () => around.workspace ?? '')
        .replace(/\$\{env:([^}]+)\}/g, (_, name: string) => around.env[name] ?? '');
    if (!/[/\\]/.test(filled)) {
        return onPath(filled, around);
    }
    if (!isAbsolute(filled) && around.workspace === undefined) {
        return undefined;
    }
    return withEnding(isAbsolute(filled) ? resolve(filled) : join(around.workspace ?? '', filled), around);
}

/** The first program of that name on PATH. Relative folders on it are passed over: they would mean the workspace's. */
function onPath(name: string, around: Surroundings): string | undefined {
    const { delimiter, isAbsolute, join } = pathOf(around);
    const key = Object.keys(around.env).find(k => k === 'PATH' || (around.platform === 'win32' && k.toUpperCase() === 'PATH'));
    for (const folder of (key === undefined ? '' : (around.env[key] ?? '')).split(delimiter)) {
        const program = isAbsolute(folder) ? withEnding(join(folder, name), around) : undefined;
        if (program !== undefined) {
            return program;
        }
    }
    return undefined;
}

/** The file itself, or on Windows the one with `.exe`. */
function withEnding(file: string, around: Surroundings): string | undefined {
    const names = around.platform === 'win32' && !/\.exe$/i.test(file) ? [`${file}.exe`] : [file];
    return names.find(name => around.isProgram(name));
}

function pathOf(around: Surroundings): path.PlatformPath {
    return around.platform === 'win32' ? path.win32 : path.posix;
}
