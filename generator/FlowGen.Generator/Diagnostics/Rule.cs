namespace FlowGen.Generator.Diagnostics;

/// <summary>The id of every rule, by what it finds. The words are in <see cref="Descriptors"/>, the pages in docs/diagnostics.</summary>
internal static class Rule
{
    /// <summary>Where the page of a rule is: this, its id and <c>.md</c>.</summary>
    public const string Pages = "docs/diagnostics/";

    public const string NotCompiled = "FG0001";
    public const string CompilerTooOld = "FG0002";

    public const string NotPartial = "FG1001";
    public const string NoEntry = "FG1002";
    public const string ManyEntries = "FG1003";
    public const string EntryReturn = "FG1004";
    public const string SynchronousEntry = "FG1005";
    public const string EntryParameter = "FG1006";
    public const string DuplicateWorkflowId = "FG1007";
    public const string ReservedName = "FG1008";
    public const string SharedField = "FG1009";
    public const string NoNodes = "FG1010";
    public const string NotAWorkflowClass = "FG1011";
    public const string NoToken = "FG1012";
    public const string UnresolvedType = "FG1013";
    public const string EntryNotOverridden = "FG1014";
    public const string UnusableId = "FG1015";
    public const string SpecialTwice = "FG1016";

    public const string TwoKinds = "FG2001";
    public const string MustBeBodyless = "FG2002";
    public const string NoBody = "FG2003";
    public const string DuplicateNode = "FG2004";
    public const string GenericNode = "FG2005";
    public const string AsyncVoid = "FG2006";
    public const string NotANode = "FG2007";
    public const string StartsWithRun = "FG2008";
    public const string ResultUnused = "FG2009";
    public const string ExecuteMethod = "FG2010";
    public const string MissingDependency = "FG2011";
    public const string NoRunOptions = "FG2012";
    public const string NodeParameter = "FG2013";
    public const string SuppliedAutomatically = "FG2015";
    public const string NodeClass = "FG2016";
    public const string DuplicateNodeId = "FG2017";
    public const string MeansNothing = "FG2018";
    public const string ServiceType = "FG2019";
    public const string ParameterTwice = "FG2020";
    public const string NeedsAccess = "FG2021";
    public const string Displaced = "FG2022";
    public const string FleetingResult = "FG2023";

    public const string NoValue = "FG3001";
    public const string AmbiguousValue = "FG3002";
    public const string NeedsName = "FG3003";
    public const string FromNotANode = "FG3004";
    public const string FromType = "FG3005";
    public const string FromMember = "FG3006";
    public const string NotExclusive = "FG3007";
    public const string RaceTooSmall = "FG3008";
    public const string ResultMissing = "FG3009";
    public const string NeedlesslyNullable = "FG3010";
    public const string InputUnused = "FG3011";
    public const string NoResult = "FG3012";
    public const string AmbiguousResult = "FG3013";
    public const string NoInput = "FG3014";
    public const string SameValueTwice = "FG3015";
    public const string MayBeEarly = "FG3016";
    public const string NullForRequired = "FG3017";

    public const string OrderNotANode = "FG4001";
    public const string NamesItself = "FG4002";
    public const string RedundantOrder = "FG4003";
    public const string UseNameof = "FG4004";
    public const string ConditionSource = "FG4005";
    public const string ConditionNeedsValues = "FG4006";
    public const string ConditionValueType = "FG4007";
    public const string ConditionValueTwice = "FG4008";
    public const string ValueUnhandled = "FG4009";
    public const string OtherwiseAlone = "FG4010";
    public const string NeverRuns = "FG4011";
    public const string JoinRule = "FG4012";
    public const string ConditionShape = "FG4013";
    public const string CancelsNothing = "FG4014";
    public const string EndResult = "FG4015";

    public const string NodeCycle = "FG5001";
    public const string WorkflowCycle = "FG5002";
    public const string ChoiceCycle = "FG5003";
    public const string ChildNotAWorkflow = "FG5004";
    public const string ChildNotHeld = "FG5005";
    public const string ChildHeldTwice = "FG5006";
    public const string TargetParameterMissing = "FG5007";
    public const string TargetHasNoParameter = "FG5008";
    public const string TargetParameterType = "FG5009";
    public const string TargetResult = "FG5010";
    public const string ChildDisabled = "FG5011";
    public const string ChoiceReference = "FG5012";
    public const string ChoiceMismatch = "FG5013";
    public const string TooManySteps = "FG5014";
    public const string ChoiceCandidate = "FG5015";
    public const string ChildExternal = "FG5016";
    public const string TypeTooPrivate = "FG5017";
    public const string ChildIncompatible = "FG5018";
    public const string MergeCycle = "FG5019";

    public const string EachSource = "FG6001";
    public const string EachTwice = "FG6002";
    public const string EachMaxFrom = "FG6003";
    public const string Negative = "FG6004";
    public const string RepeatCondition = "FG6005";
    public const string RepeatCarry = "FG6006";
    public const string CarryAlone = "FG6007";
    public const string RepeatEach = "FG6008";
    public const string TimeoutUnit = "FG6009";
    public const string RetryNever = "FG6010";
    public const string RetryOfWait = "FG6011";
    public const string TimeoutWithoutToken = "FG6012";
    public const string EachMaxTwice = "FG6013";
    public const string PolicyTwice = "FG6014";
    public const string CheckMember = "FG6015";
    public const string EachRule = "FG6016";
    public const string MoreElements = "FG6017";
    public const string AtLeastOne = "FG6018";
    public const string UnknownOption = "FG6019";

    public const string WorkflowHandlerResult = "FG7001";
    public const string CatchesTwice = "FG7002";
    public const string HandlerResult = "FG7003";
    public const string Unreachable = "FG7004";
    public const string CompensationNeeds = "FG7005";
    public const string CompensatedTwice = "FG7006";
    public const string BestEffortInVain = "FG7007";
    public const string CompensationResult = "FG7008";
    public const string CompensationReason = "FG7009";

    public const string StateRace = "FG8001";
    public const string NotPooled = "FG8002";
    public const string CleanupForgets = "FG8003";
    public const string CleanupByName = "FG8004";
    public const string StateConstructor = "FG8005";
    public const string StateEscapes = "FG8006";
    public const string StateTooPrivate = "FG8007";
    public const string PooledDispose = "FG8008";
    public const string CompensationState = "FG8009";

    public const string WaitResult = "FG9001";
    public const string WaitForever = "FG9002";
    public const string StreamTypes = "FG9003";
    public const string WaitBehindRun = "FG9004";
    public const string WaitKey = "FG9008";

    // Needed where a workflow is bound, which knows nothing of Roslyn; a test holds it equal to the descriptors.
    private static readonly HashSet<string> s_advice = new(StringComparer.Ordinal)
    {
        SharedField, NoNodes,
        StartsWithRun, ResultUnused, NoRunOptions, SuppliedAutomatically,
        NeedlesslyNullable, InputUnused,
        RedundantOrder, UseNameof, ConditionValueTwice, ValueUnhandled, NeverRuns,
        ChildDisabled, ChildExternal,
        NoToken, CancelsNothing, ChoiceCycle, RetryOfWait, TimeoutWithoutToken, BestEffortInVain, CompensationResult, WaitForever, WaitBehindRun,
        StateRace, NotPooled, CleanupForgets, CleanupByName, PooledDispose,
    };

    /// <summary>Whether the rule stops the workflow from being compiled; the others are warnings and information.</summary>
    public static bool IsError(string id) => !s_advice.Contains(id);
}
