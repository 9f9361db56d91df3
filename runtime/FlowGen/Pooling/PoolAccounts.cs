using System.Runtime.InteropServices;

namespace FlowGen.Pooling;

/// <summary>Every account of the process. Pools of workflow objects come and go; their account stays, and the next one goes on with it.</summary>
internal static class PoolAccounts
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<(string WorkflowId, FlowPoolKind Kind, string Path), PoolAccount> s_accounts = [];

    public static PoolAccount Open(string workflowId, FlowPoolKind kind, string path)
    {
        lock (s_lock)
        {
            ref PoolAccount? account = ref CollectionsMarshal.GetValueRefOrAddDefault(s_accounts, (workflowId, kind, path), out _);
            return account ??= new PoolAccount(workflowId, kind, path);
        }
    }

    /// <summary>A row for each account, or for those of some workflows.</summary>
    public static PoolMemory[] Report(Func<string, bool>? isAsked = null)
    {
        PoolAccount[] accounts;
        lock (s_lock)
        {
            accounts = [.. isAsked is null ? s_accounts.Values : s_accounts.Values.Where(account => isAsked(account.WorkflowId))];
        }

        return
        [
            .. accounts.Select(account => account.Report())
                .OrderBy(row => row.WorkflowId, StringComparer.Ordinal)
                .ThenBy(row => row.Kind)
                .ThenBy(row => row.Path, StringComparer.Ordinal),
        ];
    }
}
