export function PullRequestPage() { return null; }
