//! Inputs, unpacked and cut into lines. Reading runs beside the parsing, in a thread of its own.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{
    FrameDecoder, StreamingDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

use crate::{
    cli::{error::Failure, import::called, input},
    kb::import::{Format, Sniffed, sniff},
};

/// How much is looked at to tell what an input is.
const HEAD: usize = 64 << 10;
/// How much is handed over at a time.
const CHUNK: usize = 2 << 20;
/// A longer line is none of a dump (the largest items have some megabytes).
const MAX_LINE: usize = 64 << 20;

/// Bytes of the file read so far, packed as they are.
#[derive(Clone, Default)]
pub(super) struct Counter(Arc<AtomicU64>);

impl Counter {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Counted<R> {
    inner: R,
    counter: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.counter.0.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

type Raw = BufReader<Box<dyn Read + Send>>;

/// An input that was opened, unpacked, and recognized.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) format: Format,
    /// Bytes of the file, packed as they are; unknown for a pipe.
    pub(super) total: Option<u64>,
    pub(super) consumed: Counter,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl Input {
    pub(super) fn open(path: &Path, format: Option<Format>) -> Result<Self, Failure> {
        let name = called(path);
        let failure = |e: &io::Error| Failure::new(format!("{name}: {}", input::explain(e)));
        let refuse = |what: &str| Failure::new(format!("{name}: {what}"));
        let consumed = Counter::default();
        let (inner, total): (Box<dyn Read + Send>, Option<u64>) = if path.as_os_str() == "-" {
            (Box::new(io::stdin()), None)
        } else {
            let file = File::open(path).map_err(|e| failure(&e))?;
            let meta = file.metadata().map_err(|e| failure(&e))?;
            if meta.is_dir() {
                return Err(refuse("is a folder; name the files in it"));
            }
            (Box::new(file), Some(meta.len()).filter(|_| meta.is_file()))
        };
        let counted = Counted {
            inner,
            counter: consumed.clone(),
        };
        let mut raw: Raw = BufReader::with_capacity(1 << 20, Box::new(counted));
        let start = raw.fill_buf().map_err(|e| failure(&e))?;
        let mut plain_name = name.as_str();
        let mut rest: Box<dyn Read + Send> = match start {
            [0x1f, 0x8b, ..] => {
                plain_name = plain_name.trim_end_matches(".gz");
                Box::new(MultiGzDecoder::new(raw))
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
                plain_name = plain_name.trim_end_matches(".zst");
                Box::new(Zstd::new(raw))
            }
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => {
                return Err(refuse(
                    "is packed with bzip2, which takes a day to unpack on one core; unpack it on all of \
                     them: lbzip2 -dc FILE | copydesk kb import - -o PACK",
                ));
            }
            [0xfd, b'7', b'z', b'X', b'Z', ..] => {
                return Err(refuse(
                    "is packed with xz; xz -dcT0 FILE | copydesk kb import - -o PACK",
                ));
            }
            [b'P', b'K', 3, 4, ..] => return Err(refuse("is a zip archive; unpack it first")),
            [b'C', b'D', b'K', b'B', ..] => {
                return Err(refuse("is a pack already; use it with --kb"));
            }
            _ => Box::new(raw),
        };
        let mut head = Vec::new();
        (&mut rest)
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| unreadable(&name, &e))?;
        let format = match (format, sniff(&head, plain_name)) {
            (Some(format), _) | (None, Sniffed::As(format)) => format,
            (None, Sniffed::Refused(why)) => return Err(refuse(why)),
        };
        Ok(Self {
            name,
            format,
            total,
            consumed,
            head,
            rest,
        })
    }

    /// All of it, unless it is larger than `max`.
    pub(super) fn read_whole(&mut self, max: u64) -> Result<Vec<u8>, Failure> {
        let mut bytes = std::mem::take(&mut self.head);
        (&mut self.rest)
            .take(max + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| unreadable(&self.name, &e))?;
        if bytes.len() as u64 > max {
            return Err(Failure::new(format!(
                "{}: larger than {} MB, too much for a table; ask the query in parts, or take a dump",
                self.name,
                max >> 20
            )));
        }
        Ok(bytes)
    }
}

/// An error while reading: mostly a file that is not all there.
fn unreadable(name: &str, e: &io::Error) -> Failure {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => Failure::new(format!("{name}: is cut off; fetch it again")),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
            Failure::new(format!("{name}: cannot be unpacked ({e}); fetch it again"))
        }
        _ => Failure::new(format!("{name}: {}", input::explain(e))),
    }
}

/// An input as lines.
pub(super) struct Lines {
    input: Input,
}

impl Lines {
    pub(super) fn new(input: Input) -> Self {
        Self { input }
    }

    /// Calls `take` with each line without its end, and whether it is whole: of a line that is too long only a
    /// part is given. Holds a few chunks, whatever the input.
    pub(super) fn each(
        self,
        mut take: impl FnMut(&[u8], bool) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let (send, receive) = mpsc::sync_channel::<io::Result<Vec<u8>>>(3);
        let Input {
            name, head, mut rest, ..
        } = self.input;
        thread::scope(|scope| {
            scope.spawn(move || {
                let mut chunk = head;
                loop {
                    let had = chunk.len();
                    let wanted = CHUNK.saturating_sub(had).max(1) as u64;
                    match (&mut rest).take(wanted).read_to_end(&mut chunk) {
                        // A short read is the end: `take` reads on until it has all.
                        Ok(n) => {
                            let end = (n as u64) < wanted;
                            if send.send(Ok(std::mem::take(&mut chunk))).is_err() || end {
                                return;
                            }
                            chunk.reserve(CHUNK);
                        }
                        Err(e) => {
                            let _ = send.send(Err(e));
                            return;
                        }
                    }
                }
            });
            // What is left of a line at the end of a chunk, and whether its beginning was given up.
            let mut left: Vec<u8> = Vec::new();
            let mut skipping = false;
            for chunk in &receive {
                let chunk = chunk.map_err(|e| unreadable(&name, &e))?;
                let mut from = 0;
                for end in memchr::memchr_iter(b'\n', &chunk) {
                    let part = &chunk[from..end];
                    from = end + 1;
                    if std::mem::take(&mut skipping) {
                        left.clear();
                        continue;
                    }
                    if left.is_empty() {
                        take(part, true)?;
                    } else {
                        left.extend(part);
                        take(&left, true)?;
                        left.clear();
                    }
                }
                if !skipping {
                    left.extend(&chunk[from..]);
                }
                if left.len() > MAX_LINE {
                    take(&left[..1024], false)?;
                    left = Vec::new();
                    skipping = true;
                }
            }
            if !left.is_empty() {
                take(&left, true)?;
            }
            Ok(())
        })
    }
}

/// All frames of a file that is packed with zstd.
struct Zstd {
    frame: Option<StreamingDecoder<Raw, FrameDecoder>>,
    raw: Option<Raw>,
}

impl Zstd {
    fn new(raw: Raw) -> Self {
        Self {
            frame: None,
            raw: Some(raw),
        }
    }

    /// Goes on to the next frame; false at the end.
    fn next_frame(&mut self) -> io::Result<bool> {
        let Some(mut raw) = self.raw.take() else {
            return Ok(false);
        };
        loop {
            let start = raw.fill_buf()?;
            if start.is_empty() {
                return Ok(false);
            }
            // A frame to be skipped has its length behind its magic number.
            if let [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] = start {
                let mut head = [0; 8];
                raw.read_exact(&mut head)?;
                let len = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
                io::copy(&mut (&mut raw).take(len), &mut io::sink())?;
                continue;
            }
            self.frame = Some(StreamingDecoder::new(raw).map_err(|e| match e {
                FrameDecoderError::ReadFrameHeaderError(
                    ReadFrameHeaderError::MagicNumberReadError(e)
                    | ReadFrameHeaderError::FrameDescriptorReadError(e),
                ) => e,
                e => io::Error::new(io::ErrorKind::InvalidData, e.to_string()),
            })?);
            return Ok(true);
        }
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let n = frame.read(buffer)?;
                if n > 0 || buffer.is_empty() {
                    return Ok(n);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.raw = Some(frame.into_inner());
            }
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}
