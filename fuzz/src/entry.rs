use codes_text::Origin;
use codes_text::log::Entry;

/// What a line of a log tells stands where it is said to, whatever the line is.
pub fn entry(data: &[u8]) {
    for line in data.split(|&byte| byte == b'\n').chain([data]) {
        let entry = Entry::read(line);
        let reason = entry.no_reply_at();
        assert_eq!(reason.is_some(), entry.no_reply().is_some());
        assert!(reason.is_none_or(|at| at <= line.len()));
        if entry.is_unread() {
            let mut replies = entry.replies();
            assert!(replies.all(|found| found.origin() == Origin::Summary));
        }
        let time = entry.time_at();
        assert_eq!(time.is_some(), entry.time().is_some());
        assert!(
            time.clone()
                .is_none_or(|at| !at.is_empty() && at.end <= line.len())
        );
        let mut end = 0;
        for machine in entry.machines_at() {
            assert!(machine.start >= end && !machine.is_empty() && machine.end <= line.len());
            assert!(
                time.clone()
                    .is_none_or(|at| at.end <= machine.start || machine.end <= at.start)
            );
            end = machine.end;
        }
        if let Some(name) = entry.host().and_then(|host| host.name()) {
            assert!(!name.is_empty());
        }
        assert!(!format!("{entry:?}").contains('\n'));
    }
}
