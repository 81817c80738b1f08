//! From a reply that was read to the situation that it makes.

use super::Situation;
use crate::reply::{Deviation, Line, Reply};

impl Reply<'_> {
    /// The reply as an [`Advice`](crate::Advice) needs it: the code of the worst line, the enhanced
    /// code, and what of its form speaks against relying on it. Say at which point of the session it
    /// came, and ask for the advice.
    ///
    /// ```
    /// use codes_core::{Command, Reply, Retry};
    ///
    /// let reply = Reply::parse(b"450 4.2.0 Greylisted, come back later\r\n")?.expect("complete");
    /// let advice = reply.situation().at(Command::RCPT).advice();
    /// assert_eq!(advice.action(), Retry::Later);
    ///
    /// // Not a success, as it may be no reply at all.
    /// let reply = Reply::parse(b"250OK\r\n")?.expect("complete");
    /// let advice = reply.situation().at(Command::RCPT).advice();
    /// assert_ne!(advice.action(), Retry::Proceed);
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    #[must_use]
    pub fn situation(&self) -> Situation {
        let has = |deviation| self.deviations().contains(deviation);
        // Where lines differ, the enhanced code has to be that of such a line too.
        let of_worst = |line: &Line<'_>| line.code() == self.worst_code();
        let enhanced = match has(Deviation::CodesDiffer) {
            true => self
                .lines()
                .filter(of_worst)
                .filter_map(|line| line.enhanced())
                .last(),
            false => self.enhanced(),
        };
        Situation::new(self.worst_code())
            .enhanced(enhanced)
            .no_separator(has(Deviation::NoSeparator))
            .lines_disagree(has(Deviation::CodesDiffer))
            .last_line(self.code())
            .truncated(has(Deviation::Truncated))
    }
}
