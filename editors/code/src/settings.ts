// What the user has set, and what of it the server gets to see.

/** When the outline shows the participants of an article. */
export type OutlineSetting = 'always' | 'plaintext' | 'never';

/** Whether the outline of a document in this language shows the participants. */
export function showsOutline(setting: OutlineSetting | undefined, languageId: string): boolean {
    switch (setting) {
        case 'never':
            return false;
        case 'plaintext':
            return languageId === 'plaintext';
        default:
            return true;
    }
}

/**
 * The section `copydesk` as the server should read it. What is left at its default is left out, so that
 * `copydesk.toml` decides; what only concerns this extension is left out too.
 */
export function forServer(section: unknown): unknown {
    if (typeof section !== 'object' || section === null || Array.isArray(section)) {
        return section;
    }
    const settings: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(section)) {
        switch (key) {
            case 'enable':
            case 'path':
            case 'outline':
            case 'trace':
                break;
            case 'date':
                if (typeof value !== 'string' || value.trim() !== '') {
                    settings[key] = typeof value === 'string' ? value.trim() : value;
                }
                break;
            case 'rules':
                settings[key] = changedRules(value);
                break;
            default:
                settings[key] = value;
        }
    }
    return settings;
}

function changedRules(rules: unknown): unknown {
    if (typeof rules !== 'object' || rules === null) {
        return {};
    }
    return Object.fromEntries(Object.entries(rules).filter(([, level]) => level !== 'default'));
}
