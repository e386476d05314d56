//! What an import writes: items that wait for the second pass, and the pack. Both lie beside the target until
//! the pack is whole; a run that is stopped leaves no pack, neither whole nor half.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process,
};

use crate::{cli::error::Failure, kb::import::Item};

/// Where the pack is to be.
pub(super) struct Target {
    path: PathBuf,
    folder: PathBuf,
    name: String,
}

impl Target {
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let failure = |what: &str| Failure::new(format!("{}: {what}", path.display()));
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            return Err(failure("is no name of a file to write"));
        };
        if path.is_dir() {
            return Err(failure("is a folder; name the file to write, such as world.kb"));
        }
        // The pack is renamed to its place; a device or a pipe that stands there would be gone.
        if path.as_os_str() == "-" {
            return Err(failure(
                "a pack is written to a file, not to standard output; name it, such as world.kb",
            ));
        }
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
            return Err(failure(
                "is no file that a pack could replace; name one, such as world.kb",
            ));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        if !folder.is_dir() {
            return Err(failure("its folder does not exist"));
        }
        let target = Self {
            path: path.to_owned(),
            folder,
            name,
        };
        target.sweep();
        Ok(target)
    }

    /// Removes what a run that was killed has left.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let ours = format!(".{}.", self.name);
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of_a_run = name
                .strip_prefix(&ours)
                .and_then(|rest| rest.strip_suffix(".part"));
            if of_a_run.is_some_and(|run| run.bytes().next().is_some_and(|b| b.is_ascii_digit())) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn beside(&self, what: &str) -> PathBuf {
        self.folder
            .join(format!(".{}.{}{what}.part", self.name, process::id()))
    }

    fn failure(&self, e: &io::Error) -> Failure {
        Failure::new(format!("{}: cannot be written: {e}", self.path.display()))
    }

    /// A file for items that wait.
    pub(super) fn spool(&self, what: &str) -> Result<Spool, Failure> {
        Spool::new(self.beside(&format!(".{what}"))).map_err(|e| self.failure(&e))
    }

    /// Writes the pack: under another name, to the disk, then under its own, so that whoever opens it finds the
    /// old one or the new one and nothing between.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let part = self.beside("");
        let write = || {
            let mut file = File::create(&part)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            drop(file);
            fs::rename(&part, &self.path)?;
            // The name is on the disk when its folder is; not every system lets a folder be opened.
            if let Ok(folder) = File::open(&self.folder) {
                let _ = folder.sync_all();
            }
            Ok(())
        };
        write().map_err(|e: io::Error| {
            let _ = fs::remove_file(&part);
            self.failure(&e)
        })
    }
}

/// Items on the disk, written once and read several times.
pub(super) struct Spool {
    path: PathBuf,
    file: BufWriter<File>,
    gone: bool,
}

impl Spool {
    fn new(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)?;
        // Where an open file may lose its name it does so at once: then nothing is left however the run ends.
        let gone = cfg!(unix) && fs::remove_file(&path).is_ok();
        Ok(Self {
            path,
            file: BufWriter::with_capacity(1 << 20, file),
            gone,
        })
    }

    fn failure(e: &io::Error) -> Failure {
        Failure::new(format!(
            "cannot keep what was read beside the pack: {e}; a whole dump needs some 4 GB there"
        ))
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.file
            .write_all(&len.to_le_bytes())
            .and_then(|()| self.file.write_all(bytes))
            .map_err(|e| Self::failure(&e))
    }

    /// Calls `take` with each item, in the order they came.
    pub(super) fn each(&mut self, mut take: impl FnMut(Item)) -> Result<(), Failure> {
        let mut read = || {
            self.file.flush()?;
            let file = self.file.get_mut();
            file.seek(SeekFrom::Start(0))?;
            let mut file = BufReader::with_capacity(1 << 20, file);
            let mut bytes = Vec::new();
            let mut len = [0; 4];
            loop {
                match file.read_exact(&mut len) {
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                    other => other?,
                }
                bytes.resize(u32::from_le_bytes(len) as usize, 0);
                file.read_exact(&mut bytes)?;
                let item = Item::read(&bytes);
                take(item.ok_or_else(|| io::Error::other("the file has been changed"))?);
            }
        };
        read().map_err(|e: io::Error| Self::failure(&e))
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if !self.gone {
            let _ = fs::remove_file(&self.path);
        }
    }
}
