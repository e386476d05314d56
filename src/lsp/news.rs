//! Questions that wait for their answer to change. An editor that wants to know what is found in the workspace asks again as
//! soon as it has an answer; one that would say nothing new is held back until there may be something.

use tokio::sync::watch::{Receiver, Sender};

/// Where it is told that there may be news; `true` once there will be none.
#[derive(Debug)]
pub(super) struct News(Sender<bool>);

/// Somebody who listens.
pub(super) struct Listener(Receiver<bool>);

impl Default for News {
    fn default() -> Self {
        Self(Sender::new(false))
    }
}

impl News {
    /// What is found in the workspace may have changed.
    pub(super) fn tell(&self) {
        self.0.send_modify(|_| ());
    }

    /// Nobody is to wait any more.
    pub(super) fn end(&self) {
        self.0.send_replace(true);
    }

    /// Listens from now on. An editor has one such question at a time, so whoever waits already has waited long enough.
    pub(super) fn listen(&self) -> Listener {
        self.tell();
        Listener(self.0.subscribe())
    }
}

impl Listener {
    /// Waits for what was told since this listens.
    pub(super) async fn news(mut self) {
        let over = *self.0.borrow();
        if !over {
            // The other end lives as long as the server.
            let _ = self.0.changed().await;
        }
    }
}
