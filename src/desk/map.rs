//! A pack in memory. The one place where the program asks the compiler to trust it.
//!
//! What can go wrong with a mapped file is that it changes under the program: bytes that differ, or a file
//! that is cut short, at which the system ends the program (SIGBUS). Four things stand against it:
//!
//! * Packs are written to a new file that then takes the name of the old one. The mapping keeps the old
//!   file until nobody needs it. Windows lets nobody change or shorten a file that is mapped.
//! * What changes in place all the same is found block by block (`kb::format`): no answer comes from it.
//! * Small packs, which are what a desk writes and copies about by hand, are read into memory, not mapped.
//! * Nothing is believed of the bytes: each access is checked against the length that was mapped.
//!
//! What remains is somebody who shortens a large pack in place while it is in use. docs/kb-layers.md says
//! how to put a new one in its place.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use crate::kb::format::Bytes;

/// Up to this length a pack is read: that costs a millisecond or two.
const READ: u64 = 4 << 20;

/// The bytes of a file.
pub(super) fn open(path: &Path) -> io::Result<Bytes> {
    let mut file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if meta.len() <= READ {
        let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
        file.by_ref().take(READ + 1).read_to_end(&mut bytes)?;
        return Ok(bytes.into());
    }
    Ok(Bytes::Shared(Arc::new(map(&file)?)))
}

#[allow(
    unsafe_code,
    reason = "mapping a file is unsafe because others may change it; the module says what protects us"
)]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    // SAFETY: the bytes are only ever read, each read is checked against the mapped length, and no value is
    // kept that would become invalid if they changed: text is checked anew each time it is handed out.
    unsafe { memmap2::Mmap::map(file) }
}
