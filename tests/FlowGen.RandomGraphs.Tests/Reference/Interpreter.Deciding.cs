namespace RandomGraphs.Reference;

/// <summary>Presence, skipping, arguments: language.md 4.1 and 4.2, runtime.md 2.</summary>
internal sealed partial class Interpreter
{
    /// <summary>
    /// "A node becomes Ready when everything it depends on is settled and its presence condition holds, and Skipped as soon as that can no longer
    /// hold", but "only after its [After] and [NeedsAny] predecessors have settled".
    /// </summary>
    private bool Decide(Activation activation, Item item)
    {
        Node node = item.Node;
        if (SkipOnly(activation, item))
        {
            return true;
        }

        if ((node.Catches is { } caught && activation.Items[caught].StandIn != item) || CannotHold(activation, node) || !MayStart(activation, node))
        {
            return false;
        }

        Begin(activation, item);
        return true;
    }

    /// <summary>A handler of a node that has settled otherwise.</summary>
    private static bool IsMoot(Item item)
        => item.Node.Catches is { } caught && item.Within.Items[caught] is { IsSettled: true } settled && settled.StandIn != item;

    private bool SkipOnly(Activation activation, Item item)
    {
        Node node = item.Node;
        bool isMoot = IsMoot(item);
        if (!isMoot && ((node.Catches is { } open && !activation.Items[open].IsSettled) || !CannotHold(activation, node)))
        {
            return false;
        }

        if (!isMoot && !node.After.Concat(node.NeedsAny).All(name => activation.At(name).IsSettled))
        {
            return false;
        }

        item.Progress = Progress.Skipped;
        if (!isMoot && node.Catches is { } caught)
        {
            // "A skipped handler leaves it unhandled."
            activation.Items[caught].StandIn = null;
            GoUnhandled(activation.Items[caught]);
        }
        else
        {
            Drop(item);
        }

        return true;
    }

    private static bool MayStart(Activation activation, Node node)
    {
        bool IsSettled(string name) => activation.At(name).IsSettled;

        // "[AfterAny] waits until one of them has settled"; a race is decided by the first that completes.
        return node.After.Concat(node.Needs).Concat(node.NeedsAny).Concat(node.Conditions.Select(c => c.Source)).All(IsSettled)
            && node.Parameters.All(p => p.IsRace ? activation.Races.ContainsKey(p) || p.Sources.All(IsSettled) : p.Sources.All(IsSettled) || (node.ReadyWhen is { } own && p.Sources.All(own.Nodes.Contains)) || (node.AfterAny.Any(any => p.Sources.All(any.Contains))))
            && (node.PlaceSource is null || IsSettled(node.PlaceSource))
            && node.AfterAny.All(any => any.Any(IsSettled))
            && (node.ReadyWhen is not { } rule || Ask(activation, rule) == Readiness.Run);
    }

    /// <summary>"If it still waits when all have settled, the node is skipped."</summary>
    private static Readiness Ask(Activation activation, ReadyRule rule)
    {
        List<Item> items = [.. rule.Nodes.Select(activation.At)];
        int completed = items.Count(item => item.Progress == Progress.Completed);
        int open = items.Count(item => !item.IsSettled);
        return completed >= rule.Enough ? Readiness.Run : completed + open < rule.Enough ? Readiness.Skip : Readiness.Wait;
    }

    private static bool CannotHold(Activation activation, Node node)
    {
        Item At(string name) => activation.At(name);

        // "A value is present iff its node started and succeeded"; one of several is enough for a merge and a gather.
        bool IsAbsent(IEnumerable<string> sources) => sources.All(name => At(name).IsSettled && !At(name).IsPresent);
        bool IsNotCompleted(string name) => At(name).IsSettled && At(name).Progress != Progress.Completed;

        return node.Parameters.Any(p => p.Strength == Strength.Required && (p.IsRace ? IsLost(activation, p) : IsAbsent(p.Sources)))
            || (node.ReadyWhen is { } rule && Ask(activation, rule) == Readiness.Skip)
            || (node.PlaceSource is { } place && IsAbsent([place]))
            || node.Needs.Any(IsNotCompleted)
            || (node.NeedsAny.Count > 0 && node.NeedsAny.All(IsNotCompleted))
            || node.Conditions.Any(condition => At(condition.Source).IsSettled && !Holds(activation, condition));
    }

    /// <summary>"[When], [Unless] and [Otherwise] on an absent source skip the node."</summary>
    private static bool Holds(Activation activation, Condition condition)
    {
        Item source = activation.At(condition.Source);
        return source.IsPresent && condition.Kind switch
        {
            ConditionKind.When => condition.Values.Contains(source.Text),
            ConditionKind.Unless => !condition.Values.Contains(source.Text),
            _ => !activation.Flow.ListedValues(condition.Source).Contains(source.Text),
        };
    }

    private void Begin(Activation activation, Item item)
    {
        Node node = item.Node;
        if (node.ReadyWhen is { CancelsRest: true } rule)
        {
            Withdraw(activation, rule.Nodes);
        }

        if (node.Kind == NodeKind.Predicate)
        {
            item.Text = _script.TextOf(item.Path, node, ArgumentsOf(item));
            item.Progress = Progress.Completed;
        }
        else if (node.IsEach)
        {
            int count = int.Parse(activation.At(node.PlaceSource!).Text.Split('*')[1], System.Globalization.CultureInfo.InvariantCulture);
            item.Elements.AddRange(Enumerable.Range(0, count).Select(i => new Element(item, i)));
            item.Progress = Progress.Running;
            item.HasRun = true;
        }
        else if (node.Kind == NodeKind.Wait)
        {
            Ask(item);
        }
        else
        {
            item.HasRun |= node.Child is not null;
            Attempt(item);
        }
    }

    /// <summary>"Workers take the next element themselves": in order, as long as there is a place in flight.</summary>
    private bool AdvanceElements(Activation activation, Item item, bool isHeld)
    {
        bool changed = false;
        int degree = item.Node.Degree == 0 ? int.MaxValue : item.Node.Degree;
        foreach (Element element in item.Elements.Where(e => e.Progress == Progress.Waiting))
        {
            if (isHeld || item.LoopFails || item.Elements.Count(e => e.Progress is Progress.Ready or Progress.Running or Progress.Delayed) >= degree)
            {
                break;
            }

            changed = true;
            Attempt(element);
        }

        // Those that were about to start are awaited too, and workers that a pause has stopped; when they have noticed leaves no trace.
        bool isSeen = IsSeen(item.Path);
        bool waitsUnseen = !isSeen && (_wasPaused || StartsUnseen(item) || TakesUnseen(item) || IsLimited(item.Within));
        if (item.LoopFails && ((!_wasPaused && !item.Node.OnPool) || item.Node.Degree == 1 || isSeen) && !item.Elements.Exists(e => e.Progress == Progress.Running || (e.Progress == Progress.Ready && waitsUnseen)))
        {
            FailItem(item, item.Error!, item.IsCancellation);
            return true;
        }

        // Its workers end when one has found nothing left to take.
        bool endsUnseen = ((item.Node.OnPool && item.Node.Degree != 1) || TakesUnseen(item)) && item.Elements.Count > 0;
        if (!item.LoopFails && (!endsUnseen || isSeen) && item.Elements.TrueForAll(e => e.Progress is Progress.Completed or Progress.Failed))
        {
            // "[Skip] omits failed elements", "Outcome<R>[] with [Collect]".
            Complete(item, item.Node.Yields == Yield.Nothing ? "" : $"[{string.Join(',', item.Elements.Where(e => e.Progress == Progress.Completed || item.Node.OnError == EachError.Collect).Select(TextOf))}]");
            return true;
        }

        return changed;
    }

    /// <summary>Each element comes, or does not come, after an <c>await</c> of its own.</summary>
    private static bool TakesUnseen(Item loop) => loop.Within.Items[loop.Node.PlaceSource!].Node.Collection.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);

    private static string TextOf(Element element)
        => element.Owner.Node.OnError != EachError.Collect ? element.Text
            : element.Progress == Progress.Failed ? $"!{ErrorText(element.Error ?? new OperationCanceledException())}"
            : element.Text == Texts.Absent ? "~" : $"ok:{element.Text}";

    private static Func<Node, string> InputsOf(Execution call)
        => input => ArgumentOf(call, call.Node.Parameters.First(p => p.Name == input.Name));

    private static IReadOnlyList<string> ArgumentsOf(Execution execution)
    {
        List<string> arguments = [.. execution.Node.Parameters.Select(p => ArgumentOf(execution, p))];
        if (execution.Node.TakesFault is not null)
        {
            Exception? reason = execution is Undo undo ? undo.Reason : execution.Node.Catches is { } caught ? execution.Within.Items[caught].Error : execution.Within.Failure;
            arguments.Add(reason is null ? "?" : ErrorText(reason));
        }

        return arguments;
    }

    /// <summary>What is thrown is what the reference means.</summary>
    public static bool IsSame(Exception expected, Exception thrown)
        => expected is Foreseen foreseen ? foreseen.Type == thrown.GetType() && thrown.Message.Contains(Paths.Flat(foreseen.Path), StringComparison.Ordinal) : expected == thrown;

    public static string ErrorText(Exception error) => error is Foreseen foreseen ? foreseen.Type.Name : Texts.Of(error);

    private static string ArgumentOf(Execution execution, Parameter parameter)
        => parameter.IsCarry && execution.Carried is { } carried ? carried
            // "A body that returns normally is completed for compensation even if a lost race discards its value."
            : execution is Undo { Undone: { Progress: Progress.Dropped } undone } && parameter.Sources.SequenceEqual([undone.Node.Name]) ? (parameter.Strength == Strength.Outcome ? $"ok:{undone.Text}" : undone.Text)
            : ArgumentOf(execution.Within, parameter);

    /// <summary>The table of language.md 4.1.</summary>
    private static string ArgumentOf(Activation activation, Parameter parameter)
    {
        if (parameter.IsRace)
        {
            return activation.Races.TryGetValue(parameter, out Item? winner) ? winner.Text : Texts.Absent;
        }

        List<Item> present = [.. parameter.Sources.Select(activation.At).Where(item => item.IsPresent)];
        if (parameter.IsGather)
        {
            return $"[{string.Join(',', present.Select(item => item.Text))}]";
        }

        if (parameter.Strength != Strength.Outcome)
        {
            return present.Count == 0 ? Texts.Absent : present[0].Text;
        }

        // "Outcome<T> of a node that completed with null is Skipped" (docs/semantics.md).
        Item observed = activation.At(parameter.Sources[0]);
        return observed.IsPresent ? $"ok:{observed.Text}" : observed.Progress == Progress.Failed ? $"!{ErrorText(observed.Error!)}" : "~";
    }
}
